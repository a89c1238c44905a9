import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../db/connect.ts';
import type { Card } from '../../../src/card/card.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import type { Downloads } from '../../../src/ports/downloads.ts';
import { downloadStore, sweepDownloads } from '../../../src/store/downloads.ts';
import { withDownloads } from '../../../src/surfaces/downloads.ts';
import { downloadRoutes } from '../../../src/surfaces/web/download-page.ts';
import { type WebRoutes, webRoutes } from '../../../src/surfaces/web/web-routes.ts';
import { eachDatabase } from '../../support/database.ts';
import { serve } from '../../support/serve.ts';

const PUBLIC = 'https://changeover.example';
const csv = (name: string, text = 'SERVICE_ID,NAME\r\n7012345,Ärzte\r\n') => ({ name, mediaType: 'text/csv', text });

eachDatabase('the files of an answer behind a link', (database) => {
  beforeAll(async () => void (await database.open()), 120_000);
  let connection: Connection;
  let downloads: Downloads;
  let web: WebRoutes;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeEach(async () => {
    connection = await database.open();
    downloads = downloadStore(connection.db, PUBLIC);
    web = await webRoutes({ log: silentLog, readiness: async () => [], pages: [downloadRoutes(downloads)] });
    site = await serve((request, response) => web.handle(request, response));
  });
  afterEach(async () => {
    await site.close();
    await web.close();
  });

  const get = (address: string) => fetch(address.replace(PUBLIC, site.url));

  it('gives its holder the file, as often as they look, and tells nobody the address', async () => {
    const address = `${await downloads.offer([csv('gaps.csv')])}/1`;
    for (let look = 0; look < 2; look += 1) {
      const response = await get(address);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="gaps.csv"',
        'cache-control': 'private, no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex, nofollow',
      });
      expect(await response.text()).toBe('SERVICE_ID,NAME\r\n7012345,Ärzte\r\n');
    }
  });

  it('lists several files on a page', async () => {
    const address = await downloads.offer([csv('gaps <north>.csv'), csv('gaps "south".csv')]);
    const page = await (await get(address)).text();
    expect(page).toContain('gaps _north_.csv');
    expect(page).toContain(`href="${new URL(address).pathname}/2"`);
    expect((await get(`${address}/2`)).headers.get('content-disposition')).toBe(
      'attachment; filename="gaps _south_.csv"',
    );
    expect((await get(`${address}/3`)).status).toBe(404);
  });

  it('29: a link that has ended, or that nobody was given, says so and gives nothing', async () => {
    const address = await downloads.offer([csv('gaps.csv')]);
    await sql`update download set expires_at = clock_timestamp() - interval '1 second'`.execute(connection.db);
    const token = 'A'.repeat(32);
    for (const place of [address, `${address}/1`, `${PUBLIC}/files/${token}/1`, `${PUBLIC}/files/%00/1`]) {
      const response = await get(place);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('This link has ended');
    }
    await sweepDownloads(connection.db);
    expect(await connection.db.selectFrom('download').selectAll().execute()).toEqual([]);
  });

  it('works for a quarter of an hour, and the database does not hold what opens it', async () => {
    const address = await downloads.offer([csv('gaps.csv')]);
    const { rows } = await sql<{ minutes: number; row: string }>`
      select round(extract(epoch from expires_at - clock_timestamp()) / 60)::int as minutes, download::text as row
      from download`.execute(connection.db);
    expect(rows).toMatchObject([{ minutes: 15 }]);
    expect(rows[0]?.row).not.toContain(address.split('/').at(-1));
  });
});

describe('an answer with files, where the platform takes none', () => {
  const card: Card = {
    headline: 'Gaps',
    body: [],
    actions: Array.from({ length: 5 }, (_, at) => ({ kind: 'do', label: `Button ${at}`, verb: 'gaps', input: {} })),
  };
  const offered: Downloads = { offer: async () => `${PUBLIC}/files/x`, open: async () => null };
  const reply = (...names: string[]) => ({ kind: 'card' as const, card, files: names.map((name) => csv(name)) });
  const lastAction = async (from: ReturnType<typeof reply>, by = offered) => {
    const shown = await withDownloads(from, by, silentLog);
    return shown.kind === 'card' ? shown.card : card;
  };

  it('has one button more for them, and never more than five', async () => {
    const one = await lastAction(reply('gaps.csv'));
    expect(one.actions).toHaveLength(5);
    expect(one.actions.at(-1)).toEqual({ kind: 'link', label: 'Download gaps.csv', url: `${PUBLIC}/files/x/1` });
    expect(JSON.stringify(one.body)).toContain('15 minutes');
    const several = await lastAction(reply('a.csv', 'b.csv'));
    expect(several.actions.at(-1)).toEqual({ kind: 'link', label: 'Download 2 files', url: `${PUBLIC}/files/x` });
  });

  it('says so when they could not be made ready, and keeps the answer', async () => {
    const broken: Downloads = { ...offered, offer: () => Promise.reject(new Error('no database')) };
    const shown = await lastAction(reply('gaps.csv'), broken);
    expect(shown.headline).toBe('Gaps');
    expect(JSON.stringify(shown.body)).toContain('could not be made ready');
  });

  it('is left alone where there are none', async () => {
    expect(await withDownloads(reply(), offered, silentLog)).toEqual(reply());
  });
});
