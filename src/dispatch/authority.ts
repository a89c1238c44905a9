import type { Command } from '../command.ts';
import { type Account, isProven, type RoleHolder } from '../domain/person.ts';
import { aRole, type Role } from '../domain/role.ts';
import { next, Refusal } from '../kernel/errors.ts';
import { listInWords } from '../kernel/list-words.ts';

/** May somebody with these roles use the verb at all. The verb's own rules come after. */
export function mayUse(command: Command, roles: readonly Role[]): boolean {
  if (command.who === 'known') return true;
  if (command.who === 'member') return roles.length > 0;
  return command.who.some((role) => roles.includes(role));
}

/** May they ask for this much of it: anyone with a role where it only shows something. */
export function mayAsk(command: Command, roles: readonly Role[], given: Readonly<Record<string, string>>): boolean {
  return mayUse(command, roles) || (command.anyoneLooks === true && roles.length > 0 && isLook(given));
}

function isLook(given: Readonly<Record<string, string>>): boolean {
  return Object.entries(given).every(([name, value]) => name === 'plan' || value.trim() === '');
}

/** Acts of a person whom a chat platform has proven (contracts, Modes). */
const PERSONAL = new Set([
  'approve',
  'reject',
  'unvote',
  'go',
  'run',
  'step',
  'resume',
  'undo',
  'manual',
  'verify',
  'accept',
  'complete',
  'delegate',
  'screen',
]);

/** What may still be written down at night through a page that an operator opened, when chat is down (rule 30). */
const VOUCHED = new Set(['step', 'manual', 'verify', 'screen']);

/** Of the acts above, what only looks: an operator gives out its page (rule 30). */
const LOOKS: Readonly<Record<string, readonly string[]>> = { manual: ['', 'board', 'page'], step: ['follow'] };

/** Refuses what an account that no chat platform proved may not do in service. `what`: the part of the verb that was asked. */
export function refuseOperator(
  command: Command,
  account: Account,
  mode: 'rehearsal' | 'service',
  what: string | undefined,
): void {
  if (mode === 'rehearsal' || isProven(account.platform) || !PERSONAL.has(command.verb)) return;
  if (account.platform === 'page' && VOUCHED.has(command.verb)) return;
  if (LOOKS[command.verb]?.includes(what ?? '')) return;
  throw new Refusal(
    'operator',
    account.platform === 'page'
      ? `A page that an operator opened for you cannot do "${command.verb}": it does not prove who you are. Do it from chat, or from a link that you get there.`
      : `The command line cannot do "${command.verb}": it does not prove who is typing. Do it from chat, in the channel of the migration.`,
  );
}

/** The refusal to somebody without the role; it names who could (rule 29). */
export function notForYou(command: Command, roles: readonly Role[], holders: readonly RoleHolder[]): Refusal {
  if (command.who === 'known' || command.who === 'member') {
    return new Refusal('no-role', `You have no role in this migration. ${askForGrant(holders)}`);
  }
  const wanted = command.who;
  const able = [
    ...new Set(holders.filter((holder) => wanted.includes(holder.role)).map((holder) => holder.person.name)),
  ];
  return new Refusal(
    'role',
    `\`/bsu ${command.verb}\` is for ${listed(wanted.map(aRole))}, and you are ${roles.length === 0 ? 'none of these' : listInWords(roles.map(aRole))}. ` +
      (able.length > 0 ? `Ask: ${able.join(', ')}.` : `Nobody has that role yet. ${askForGrant(holders)}`),
    { remedy: [next('What can I do?', 'help')], facts: { needs: wanted } },
  );
}

/** Rule 9: their roles would do, but not by an account that the platform calls a guest's. */
export function guestsMayNot({ platform }: Account): Refusal {
  const where = platform === 'teams' ? 'Microsoft Teams' : 'Slack';
  return new Refusal(
    'guest',
    `${where} calls your account a guest's, and a guest can only be a tester or an observer here. Do it from your account as a full member; join that one with \`/bsu link\`.`,
    { remedy: [next('What can I do?', 'help')] },
  );
}

/** Somebody that we do not know (rule 9: a person is made by `grant`). */
export function stranger(holders: readonly RoleHolder[]): Refusal {
  return new Refusal(
    'stranger',
    `I don't know you yet. ${askForGrant(holders)} If you are known here by another account, type \`/bsu link\` there and its code here.`,
  );
}

function askForGrant(holders: readonly RoleHolder[]): string {
  const leads = holders.filter((holder) => holder.role === 'e-rs-lead').map((holder) => holder.person.name);
  const who =
    leads.length > 0 ? `the e-RS lead of this channel (${leads.join(', ')})` : 'the e-RS lead of this channel';
  return `Ask ${who} to run \`/bsu grant\`.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}
