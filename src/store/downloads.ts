import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { sha256 } from '../kernel/canonical.ts';
import { DOWNLOAD_MINUTES, type Downloads } from '../ports/downloads.ts';

/** Files by the hash of their link's token, in the table `download`. `publicUrl` is where links begin. */
export function downloadStore(db: Database, publicUrl: string): Downloads {
  return {
    async offer(files) {
      const token = randomBytes(24).toString('base64url');
      const kept = files.map(({ name, mediaType, text }) => ({ name: plainName(name), mediaType, text }));
      await db
        .insertInto('download')
        .values({
          token_hash: hashOf(token),
          files: JSON.stringify(kept),
          expires_at: sql`clock_timestamp() + make_interval(mins => ${DOWNLOAD_MINUTES})`,
        })
        .execute();
      return `${publicUrl}/files/${token}`;
    },
    async open(token) {
      const row = await db
        .selectFrom('download')
        .select('files')
        .where('token_hash', '=', hashOf(token))
        .where('expires_at', '>', sql<string>`clock_timestamp()`)
        .executeTakeFirst();
      return row?.files ?? null;
    },
  };
}

/** Removes the files of links that have ended. */
export async function sweepDownloads(db: Database): Promise<void> {
  await db.deleteFrom('download').where('expires_at', '<', sql<string>`clock_timestamp()`).execute();
}

function hashOf(token: string): string {
  return sha256(`download ${token}`);
}

/** Goes into a header and onto a disk. */
function plainName(name: string): string {
  return name.replaceAll(/[^\w.() -]/g, '_').slice(0, 120) || 'file';
}
