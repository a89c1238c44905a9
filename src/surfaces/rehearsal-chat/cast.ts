import type { ChannelRef } from '../../command.ts';
import type { Account } from '../../domain/person.ts';
import type { Role } from '../../domain/role.ts';

/** One fictional person a role, named by the role. They are made at the start of a rehearsal, with these accounts. */
export interface CastMember {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
}

export const CAST: readonly CastMember[] = [
  { userId: 'planner', name: 'A planner', role: 'planner' },
  { userId: 'service-definer', name: 'A service definer', role: 'service-definer' },
  { userId: 'deputy', name: 'A deputy service definer', role: 'service-definer' },
  { userId: 'e-rs-lead', name: 'The e-RS lead', role: 'e-rs-lead' },
  { userId: 'communications-lead', name: 'A communications lead', role: 'communications-lead' },
  { userId: 'tester', name: 'A tester', role: 'tester' },
  { userId: 'approver', name: 'An approver', role: 'approver' },
  { userId: 'second-approver', name: 'A second approver', role: 'approver' },
  { userId: 'clinical-safety-officer', name: 'A clinical safety officer', role: 'clinical-safety-officer' },
];

export const CHAT_TENANT = 'rehearsal';

/** The one channel of the chat page. */
export const CHAT_CHANNEL: ChannelRef = { platform: 'chat', tenant: CHAT_TENANT, channelId: 'migration' };

export function chatAccount(userId: string): Account {
  return { platform: 'chat', tenant: CHAT_TENANT, userId, guest: false };
}
