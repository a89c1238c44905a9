import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';

/** How far a mailbox of mails that came back was read. */
export interface MailboxProgress {
  readonly validity: string | null;
  /** The highest number that was looked at under that validity. */
  readonly lastMail: number;
  /** What was wrong at the last look; null: nothing. */
  readonly problem: string | null;
}

export interface MailboxStore {
  /** Mine for so many seconds, where nobody else has it and it is due (or `anyway`); else null. By the database's clock. */
  take(name: string, owner: string, seconds: number, anyway: boolean): Promise<MailboxProgress | null>;
  /** Everything up to this mail was looked at; mine for so long again. False where it is no longer mine. */
  advance(
    name: string,
    owner: string,
    to: { readonly validity: string; readonly lastMail: number },
    seconds: number,
  ): Promise<boolean>;
  /** Let go, due again in so many seconds; what is wrong with it, or null. */
  release(name: string, owner: string, problem: string | null, seconds: number): Promise<void>;
  /** The mailboxes that could not be read at the last look. */
  troubles(): Promise<readonly { readonly name: string; readonly problem: string; readonly since: string }[]>;
}

export function mailboxStore(db: Database): MailboxStore {
  return {
    async take(name, owner, seconds, anyway) {
      await sql`
        insert into mailbox (name, due_at) values (${name}, clock_timestamp())
        on conflict (name) do nothing`.execute(db);
      const { rows } = await sql<MailboxProgress>`
        update mailbox set owner = ${owner}, lease_until = clock_timestamp() + make_interval(secs => ${seconds})
        where name = ${name}
          and (owner is null or owner = ${owner} or lease_until < clock_timestamp())
          and (${anyway} or due_at <= clock_timestamp())
        returning validity, last_mail as "lastMail", problem`.execute(db);
      return rows[0] ?? null;
    },
    async advance(name, owner, { validity, lastMail }, seconds) {
      const { rows } = await sql`
        update mailbox set validity = ${validity}, last_mail = ${lastMail},
          lease_until = clock_timestamp() + make_interval(secs => ${seconds})
        where name = ${name} and owner = ${owner} returning name`.execute(db);
      return rows.length === 1;
    },
    async release(name, owner, problem, seconds) {
      await sql`
        update mailbox set owner = null, lease_until = null,
          due_at = clock_timestamp() + make_interval(secs => ${seconds}),
          read_at = case when ${problem}::text is null then clock_timestamp() else read_at end,
          problem = ${problem}::text,
          problem_since = case when ${problem}::text is null then null else coalesce(problem_since, clock_timestamp()) end
        where name = ${name} and owner = ${owner}`.execute(db);
    },
    async troubles() {
      const { rows } = await sql<{ name: string; problem: string; since: string }>`
        select name, problem, problem_since as since from mailbox where problem is not null order by name`.execute(db);
      return rows;
    },
  };
}
