import type { Connection } from '../../db/connect.ts';
import type { Account } from '../domain/person.ts';
import type { Role } from '../domain/role.ts';
import { chainOf } from '../store/audit.ts';
import { storeOf } from '../store/store.ts';

/** One fictional person a role, named by the role; the chat page's switch lists them. */
export const REHEARSAL_PEOPLE: readonly { readonly userId: string; readonly name: string; readonly role: Role }[] = [
  { userId: 'planner', name: 'The planner', role: 'planner' },
  { userId: 'service-definer', name: 'The service definer', role: 'service-definer' },
  { userId: 'deputy', name: 'The deputy service definer', role: 'service-definer' },
  { userId: 'e-rs-lead', name: 'The e-RS lead', role: 'e-rs-lead' },
  { userId: 'communications-lead', name: 'The communications lead', role: 'communications-lead' },
  { userId: 'approver', name: 'The approver', role: 'approver' },
  { userId: 'second-approver', name: 'The second approver', role: 'approver' },
  { userId: 'clinical-safety-officer', name: 'The clinical safety officer', role: 'clinical-safety-officer' },
  { userId: 'tester', name: 'The tester', role: 'tester' },
  { userId: 'administrator', name: 'The administrator', role: 'administrator' },
];

export const REHEARSAL_TENANT = 'rehearsal';
export const REHEARSAL_CHANNEL = { platform: 'chat', tenant: REHEARSAL_TENANT, channelId: 'migration' } as const;

/** The Slack user ids under which the rehearsal's people knock at the Slack door, in the workspace TREHEARSAL. */
export function rehearsalAccounts(userId: string): readonly Account[] {
  const slackId = `U${userId.replaceAll('-', '').toUpperCase()}`;
  return [
    { platform: 'chat', tenant: REHEARSAL_TENANT, userId, guest: false },
    { platform: 'cli', tenant: 'operator', userId: `${userId}@rehearsal.example`, guest: false },
    { platform: 'slack', tenant: 'TREHEARSAL', userId: slackId, guest: false },
  ];
}

/** Fills an empty rehearsal database with its people and one migration; does nothing when it is filled. */
export async function seatRehearsal(connection: Connection, now: string): Promise<void> {
  await connection.transaction(async (trx) => {
    const store = storeOf(trx);
    if (await store.people.byEmail('planner@rehearsal.example')) return;
    const people = [];
    for (const { userId, name, role } of REHEARSAL_PEOPLE) {
      const telephone = `01632 960${String(100 + people.length)}`;
      const person = await store.people.add({ name, email: `${userId}@rehearsal.example`, telephone }, now);
      for (const account of rehearsalAccounts(userId)) await store.people.join(person.id, account, now);
      people.push({ person, role });
    }
    const administrator = people.find(({ role }) => role === 'administrator')?.person;
    if (!administrator) throw new Error('The rehearsal has no administrator.');
    const migration = await store.migrations.start(
      {
        name: 'Rehearsal PAS migration',
        providerOrg: 'XR1',
        providerName: 'Rehearsal Hospitals NHS Trust',
        oldAsids: ['200000000220'],
        newAsid: '200000001337',
        newOrg: null,
        zone: 'Europe/London',
      },
      administrator.id,
      now,
    );
    await store.migrations.setContacts(migration.id, {
      ersSupport: 'e-RS service desk, 01632 960200',
      outageSignUp: 'outages@rehearsal.example',
      testEnvironment: 'test-environment@rehearsal.example',
      pasSupplier: 'PAS supplier on the night, 01632 960201',
    });
    // No real mail leaves the rehearsal, so its sending is not slowed down.
    await store.migrations.setSettings(migration.id, { ...migration.settings, mailsPerMinute: null });
    await store.migrations.bind(REHEARSAL_CHANNEL, migration.id, now);
    for (const { person, role } of people) {
      await store.people.grant(person.id, role === 'administrator' ? null : migration.id, role, null, now);
    }
    await store.audit.append(chainOf(migration.id), [
      {
        at: now,
        act: 'migration.started',
        about: `migration:${migration.id}`,
        person: administrator.id,
        account: 'rehearsal',
        facts: { provider: migration.providerOrg, from: migration.oldAsids, to: migration.newAsid },
      },
    ]);
  });
}
