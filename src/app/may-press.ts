import { commands } from '../../commands/index.ts';
import { mayUse } from '../dispatch/authority.ts';
import { GUEST_ROLES } from '../domain/role.ts';
import type { BoardPageDeps } from '../surfaces/web/board-page.ts';

/** May somebody with these roles, by this account, use the verb at all? A guest has a guest's roles only (rule 9). */
export const mayPress: BoardPageDeps['mayUse'] = (verb, roles, account) => {
  const command = commands.find((one) => one.verb === verb);
  const counting = account.guest ? roles.filter((role) => GUEST_ROLES.includes(role)) : roles;
  return command !== undefined && mayUse(command, counting);
};
