import { type ExpressionBuilder, sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Schema } from '../../db/schema/index.ts';
import type { AudienceRule, Practice } from '../domain/audience.ts';
import { EVERYBODY } from '../domain/audience.ts';
import type { ListedRecipient, RecipientRow } from '../domain/recipient.ts';

export interface RecipientStore {
  /** Puts a list in the place of its earlier version; `list` is its name, the file's for instance. Gives how many lines. */
  load(migrationId: number, rows: readonly RecipientRow[], list: string): Promise<number>;
  /** Every line of every list, commissioners first. */
  listed(migrationId: number): Promise<readonly ListedRecipient[]>;
  lists(migrationId: number): Promise<readonly ListCount[]>;
  rule(migrationId: number): Promise<AudienceRule>;
  setRule(migrationId: number, rule: AudienceRule, by: number, now: string): Promise<void>;
  /** Active practices of these commissioner codes, from the newest practice file. */
  practices(migrationId: number, commissioners: readonly string[]): Promise<readonly Practice[]>;
}

export interface ListCount {
  readonly list: string;
  readonly commissioners: number;
  readonly referrers: number;
}

export function recipientStore(db: Database): RecipientStore {
  return {
    async load(migrationId, rows, list) {
      await db.deleteFrom('recipient').where('migration_id', '=', migrationId).where('list', '=', list).execute();
      if (rows.length === 0) return 0;
      await sql`
        insert into recipient
          (migration_id, list, code, name, kind, email, telephone, effective_from, effective_to, language)
        select ${migrationId}::integer, ${list}, code, name, kind, email, telephone, "from", "to", coalesce(language, 'en')
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as row(code text, name text, kind text, email text, telephone text, "from" text, "to" text, language text)`.execute(
        db,
      );
      return rows.length;
    },
    listed: (migrationId) =>
      db
        .selectFrom('recipient')
        .select(['code', 'name', 'kind', 'email', 'telephone', 'list', 'language'])
        .select(['effective_from as from', 'effective_to as to'])
        .where('migration_id', '=', migrationId)
        .orderBy('kind')
        .orderBy('id')
        .execute(),
    lists: (migrationId) =>
      db
        .selectFrom('recipient')
        .select('list')
        .select((select) => [
          select.fn.countAll<number>().filterWhere('kind', '=', 'commissioner').as('commissioners'),
          select.fn.countAll<number>().filterWhere('kind', '=', 'referrer').as('referrers'),
        ])
        .where('migration_id', '=', migrationId)
        .groupBy('list')
        .orderBy('list')
        .execute(),
    async rule(migrationId) {
      const row = await db
        .selectFrom('audience_rule')
        .select(['lists', 'practices_of as practicesOf', 'without', 'english_only as englishOnly'])
        .where('migration_id', '=', migrationId)
        .executeTakeFirst();
      return row ?? EVERYBODY;
    },
    async setRule(migrationId, rule, by, now) {
      const values = {
        lists: JSON.stringify(rule.lists),
        practices_of: JSON.stringify(rule.practicesOf),
        without: JSON.stringify(rule.without),
        english_only: rule.englishOnly,
        set_by: by,
        set_at: now,
      };
      await db
        .insertInto('audience_rule')
        .values({ migration_id: migrationId, ...values })
        .onConflict((conflict) => conflict.column('migration_id').doUpdateSet(values))
        .execute();
    },
    async practices(migrationId, commissioners) {
      if (commissioners.length === 0) return [];
      return db
        .selectFrom('organisation')
        .select(['code', 'name', 'commissioner', 'telephone'])
        .where('snapshot_id', '=', (newest) => newestPractices(newest, migrationId))
        .where('kind', '=', 'practice')
        .where('active', '=', true)
        .where('commissioner', 'in', [...commissioners])
        .orderBy('code')
        .execute();
    },
  };
}

/** The snapshot of the newest practice file. */
export function newestPractices(query: ExpressionBuilder<Schema, 'organisation'>, migrationId: number) {
  return query
    .selectFrom('snapshot')
    .select((select) => select.fn.max('snapshot.id').as('id'))
    .where('snapshot.migration_id', '=', migrationId)
    .where('snapshot.kind', '=', 'practices')
    .where('snapshot.status', '=', 'published');
}
