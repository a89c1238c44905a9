import { randomBytes } from 'node:crypto';
import type { Database } from '../../db/connect.ts';
import type { AuditEvent } from '../domain/audit.ts';
import { sealed } from '../domain/personal.ts';
import { sha256 } from '../kernel/canonical.ts';

type Event = Omit<AuditEvent, 'chain' | 'seq' | 'prev'>;

/** Personal values that the record holds by their salted hash alone (rule 27). */
export interface PersonalValueStore {
  /** Keeps each marked value, and each e-mail address in a text, with its salt, and puts sha256(salt + value) in its place. */
  seal(chain: string, events: readonly Event[]): Promise<readonly Event[]>;
  /** Hash to value, of those that were not deleted. */
  of(chain: string): Promise<ReadonlyMap<string, string>>;
  /** Salt and value go together; what is left in the record tells nothing. Gives how many. */
  forget(chain: string): Promise<number>;
}

export function personalValueStore(db: Database): PersonalValueStore {
  return {
    async seal(chain, events) {
      const kept: { chain: string; digest: string; salt: string; value: string }[] = [];
      const put = (value: string) => {
        const salt = randomBytes(16).toString('hex');
        const digest = sha256(salt + value);
        kept.push({ chain, digest, salt, value });
        return digest;
      };
      const result = events.map((event) => ({ ...event, facts: sealed(event.facts, put) as Event['facts'] }));
      if (kept.length > 0) await db.insertInto('personal_value').values(kept).execute();
      return result;
    },
    async of(chain) {
      const rows = await db
        .selectFrom('personal_value')
        .select(['digest', 'value'])
        .where('chain', '=', chain)
        .execute();
      return new Map(rows.map(({ digest, value }) => [digest, value]));
    },
    async forget(chain) {
      const { numDeletedRows } = await db.deleteFrom('personal_value').where('chain', '=', chain).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
