import type { Database } from '../../db/connect.ts';
import type { Attestation } from '../domain/gaps.ts';

/** Named persons' words for columns that a file lacks (rule 5). They hold for the extract and all supplements over it. */
export interface AttestationStore {
  /** Of the snapshot's extract. */
  of(extractId: number): Promise<readonly Attestation[]>;
  /** Remembers it; a second word on the same site and column changes nothing and gives false. */
  add(extractId: number, word: { site: string; column: string; personId: number; at: string }): Promise<boolean>;
}

export function attestationStore(db: Database): AttestationStore {
  return {
    of: (extractId) =>
      db
        .selectFrom('attestation')
        .innerJoin('person', 'person.id', 'attestation.person_id')
        .select(['site', 'column_name as column', 'person_id as personId', 'person.name as personName', 'at'])
        .where('extract_id', '=', extractId)
        .orderBy('site')
        .orderBy('column_name')
        .execute(),
    async add(extractId, word) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('attestation')
        .values({
          extract_id: extractId,
          site: word.site,
          column_name: word.column,
          person_id: word.personId,
          at: word.at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
  };
}
