import type { Connection } from '../../db/connect.ts';
import type { Account } from '../domain/person.ts';
import { chainOf } from '../store/audit.ts';
import { storeOf } from '../store/store.ts';

/** The operator's account on the command line. */
export function operatorAccount(email: string): Account {
  return { platform: 'cli', tenant: 'operator', userId: email.toLowerCase(), guest: false };
}

/** The first administrator, by configuration: a person, the role, and the command line's account. */
export async function ensureAdministrator(connection: Connection, email: string, now: string): Promise<void> {
  await connection.transaction(async (trx) => {
    const store = storeOf(trx);
    const known = await store.people.byEmail(email);
    const person = known ?? (await store.people.add({ name: 'Administrator', email, telephone: null }, now));
    const joined = await store.people.join(person.id, operatorAccount(email), now);
    if (!joined) throw new Error(`The command line's account ${email} belongs to somebody else in this database.`);
    if (!(await store.people.grant(person.id, null, 'administrator', null, now))) return;
    await store.audit.append(chainOf(null), [
      {
        at: now,
        act: 'role.granted',
        about: `person:${person.id}`,
        person: null,
        account: 'configuration',
        facts: { role: 'administrator' },
      },
    ]);
  });
}
