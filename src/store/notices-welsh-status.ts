import type { Database } from '../../db/connect.ts';
import type { Migration } from '../domain/migration.ts';
import { KINDS_AHEAD, welshFault, welshMissing, welshNeeds } from '../domain/notice-welsh.ts';
import { migrationStore } from './migrations.ts';
import { noticeStore } from './notices.ts';
import { noticeDraftStore } from './notices-draft.ts';
import { welshStore } from './notices-welsh.ts';
import { recipientStore } from './recipients.ts';

/** Before the plan is submitted: would a notice that goes out after the approval be refused for its Welsh (rule 21)? */
export async function welshFaultAtSubmit(
  db: Database,
  migration: Migration,
  now: Temporal.Instant,
): Promise<string | null> {
  const anybody = await db
    .selectFrom('recipient')
    .select('id')
    .where('migration_id', '=', migration.id)
    .where('language', '=', 'cy')
    .limit(1)
    .executeTakeFirst();
  if (!anybody) return null;
  const { markedWelsh } = await noticeDraftStore(db).audience(migration, now);
  return welshFaultAhead(db, migration.id, markedWelsh);
}

/** The same for so many recipients in Welsh, whatever words changed since. */
export async function welshFaultAhead(db: Database, migrationId: number, marked: number): Promise<string | null> {
  if (marked === 0 || (await recipientStore(db).rule(migrationId)).englishOnly !== null) return null;
  const zone = (await migrationStore(db).byId(migrationId))?.zone ?? '';
  const needs = welshNeeds(KINDS_AHEAD, await noticeStore(db).wording(migrationId), zone);
  const missing = welshMissing(needs, await welshStore(db).list(migrationId));
  return welshFault(missing.length, needs.length, marked);
}
