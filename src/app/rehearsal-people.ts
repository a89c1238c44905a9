import type { Connection } from '../../db/connect.ts';
import type { Account } from '../domain/person.ts';
import { chainOf } from '../store/audit.ts';
import { storeOf } from '../store/store.ts';
import { CAST, type CastMember, CHAT_CHANNEL, chatAccount } from '../surfaces/rehearsal-chat/cast.ts';

/** The cast of the chat page, and the administrator who uses the command line. */
const PEOPLE: readonly CastMember[] = [
  ...CAST,
  { userId: 'administrator', name: 'The administrator', role: 'administrator' },
];

/** The channel of the rehearsal's Slack stand-in. */
const SLACK_CHANNEL = { platform: 'slack', tenant: 'TREHEARSAL', channelId: 'C0REHEARSAL' } as const;

/** The Slack user ids under which the rehearsal's people knock at the Slack door, in the workspace TREHEARSAL. */
function rehearsalAccounts(userId: string): readonly Account[] {
  const slackId = `U${userId.replaceAll('-', '').toUpperCase()}`;
  return [
    chatAccount(userId),
    { platform: 'cli', tenant: 'operator', userId: `${userId}@rehearsal.example`, guest: false },
    { platform: 'slack', tenant: 'TREHEARSAL', userId: slackId, guest: false },
  ];
}

/** Fills an empty rehearsal database with its people and one migration; does nothing when it is filled. */
export async function seatRehearsal(connection: Connection, now: string, inSlack: boolean): Promise<void> {
  await connection.transaction(async (trx) => {
    const store = storeOf(trx);
    if (await store.people.byEmail('planner@rehearsal.example')) return;
    const people = [];
    for (const { userId, name, role } of PEOPLE) {
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
    await store.migrations.bind(CHAT_CHANNEL, migration.id, now);
    if (inSlack) await store.migrations.bind(SLACK_CHANNEL, migration.id, now);
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
