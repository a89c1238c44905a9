import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import {
  type AuditEvent,
  type AuditHead,
  type AuditProtection,
  type AuditRow,
  chainRows,
  FIRST_HEAD,
  headWords,
} from '../domain/audit.ts';
import type { Subject } from '../domain/subject.ts';
import { personalValueStore } from './personal-values.ts';
import { postingStore } from './postings.ts';

export type NewAuditEvent = Omit<AuditEvent, 'chain' | 'seq' | 'prev'>;

export interface AuditStore {
  /** Appends a transaction's events together, last in it, under the lock of the chain's head. Gives the last seq. */
  append(chain: string, events: readonly NewAuditEvent[]): Promise<number>;
  head(chain: string): Promise<AuditHead>;
  /** At a milestone: the head of a migration's chain goes to its channels, where no hand on the database reaches it. */
  postHead(migrationId: number, subject: Subject, milestone: string, now: string): Promise<void>;
  /** What keeps rows from being changed, as the database itself says. */
  protection(): Promise<AuditProtection>;
  /** Rows after `seq`, in order, at most `limit`. */
  page(chain: string, after: number, limit: number): Promise<readonly AuditRow[]>;
  latest(chain: string, limit: number): Promise<readonly AuditRow[]>;
}

/** The chain of a migration, or of the installation. */
export function chainOf(migrationId: number | null): string {
  return migrationId === null ? 'installation' : `migration:${migrationId}`;
}

export function auditStore(db: Database): AuditStore {
  const headOf: AuditStore['head'] = async (chain) => {
    const row = await db.selectFrom('audit_head').select(['seq', 'hash']).where('chain', '=', chain).executeTakeFirst();
    return row ?? FIRST_HEAD;
  };
  const rows = (chain: string) =>
    db
      .selectFrom('audit_event')
      .select(['chain', 'seq', 'text', 'hash', 'at', 'act', 'about', 'person_id as personId'])
      .where('chain', '=', chain);
  return {
    async append(chain, events) {
      const head = await lockedHead(db, chain);
      if (events.length === 0) return head.seq;
      const made = chainRows(chain, head, await personalValueStore(db).seal(chain, events));
      await db
        .insertInto('audit_event')
        .values(made.map(({ personId, ...row }) => ({ ...row, person_id: personId })))
        .execute();
      const last = made[made.length - 1] ?? { seq: head.seq, hash: head.hash };
      await db.updateTable('audit_head').set({ seq: last.seq, hash: last.hash }).where('chain', '=', chain).execute();
      return last.seq;
    },
    head: headOf,
    async postHead(migrationId, subject, milestone, now) {
      const words = headWords(milestone, await headOf(chainOf(migrationId)));
      await postingStore(db).call(migrationId, subject, words, [], now);
    },
    async protection() {
      const { rows } = await sql<{ embedded: boolean; could: boolean }>`
        select version() ilike '%emscripten%' as embedded,
          has_table_privilege(current_user, oid, 'update, delete, truncate') or pg_has_role(relowner, 'member') as could
        from pg_class where oid = 'audit_event'::regclass`.execute(db);
      const { embedded, could } = rows[0] ?? { embedded: false, could: true };
      if (embedded) return 'embedded';
      return could ? 'trigger' : 'role';
    },
    page: (chain, after, limit) => rows(chain).where('seq', '>', after).orderBy('seq').limit(limit).execute(),
    async latest(chain, limit) {
      return (await rows(chain).orderBy('seq', 'desc').limit(limit).execute()).reverse();
    },
  };
}

async function lockedHead(db: Database, chain: string): Promise<AuditHead> {
  const read = () =>
    db.selectFrom('audit_head').select(['seq', 'hash']).where('chain', '=', chain).forUpdate().executeTakeFirst();
  const found = await read();
  if (found) return found;
  await db
    .insertInto('audit_head')
    .values({ chain, ...FIRST_HEAD })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await read()) ?? FIRST_HEAD;
}
