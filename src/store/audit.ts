import type { Database } from '../../db/connect.ts';
import { type AuditEvent, type AuditHead, type AuditRow, chainRows, FIRST_HEAD } from '../domain/audit.ts';

export type NewAuditEvent = Omit<AuditEvent, 'chain' | 'seq' | 'prev'>;

export interface AuditStore {
  /** Appends a transaction's events together, last in it, under the lock of the chain's head. Gives the last seq. */
  append(chain: string, events: readonly NewAuditEvent[]): Promise<number>;
  head(chain: string): Promise<AuditHead>;
  /** Rows after `seq`, in order, at most `limit`. */
  page(chain: string, after: number, limit: number): Promise<readonly AuditRow[]>;
  latest(chain: string, limit: number): Promise<readonly AuditRow[]>;
}

/** The chain of a migration, or of the installation. */
export function chainOf(migrationId: number | null): string {
  return migrationId === null ? 'installation' : `migration:${migrationId}`;
}

export function auditStore(db: Database): AuditStore {
  const rows = (chain: string) =>
    db
      .selectFrom('audit_event')
      .select(['chain', 'seq', 'text', 'hash', 'at', 'act', 'about', 'person_id as personId'])
      .where('chain', '=', chain);
  return {
    async append(chain, events) {
      const head = await lockedHead(db, chain);
      if (events.length === 0) return head.seq;
      const made = chainRows(chain, head, events);
      await db
        .insertInto('audit_event')
        .values(made.map(({ personId, ...row }) => ({ ...row, person_id: personId })))
        .execute();
      const last = made[made.length - 1] ?? { seq: head.seq, hash: head.hash };
      await db.updateTable('audit_head').set({ seq: last.seq, hash: last.hash }).where('chain', '=', chain).execute();
      return last.seq;
    },
    async head(chain) {
      const row = await db
        .selectFrom('audit_head')
        .select(['seq', 'hash'])
        .where('chain', '=', chain)
        .executeTakeFirst();
      return row ?? FIRST_HEAD;
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
