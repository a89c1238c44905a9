import { expect, it } from 'vitest';
import { eachDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

const PLACE = { platform: 'teams', tenant: 'a tenant', channelId: '19:room@thread.tacv2' };
const PROBLEM = 'Changeover was taken out of this Teams conversation. Add the app again.';

eachDatabase('/bsu alone', (database) => {
  it('names a channel that takes no messages, since when and what to do, until something goes through', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T10:00:00Z' });
    const blocks = async () => ((await office.as('observer').done('status')) as { blocks: string[] }).blocks.join('\n');
    expect(await blocks()).not.toContain('takes no messages');
    const since = '2026-12-08T09:10:00Z';
    const raise = (problem: string) => office.store.channelTroubles.raise(PLACE, office.migrationId, problem, since);
    expect(await raise('Something else.')).toBe(true);
    expect(await raise(PROBLEM)).toBe(false);
    expect(await blocks()).toContain(
      `A Microsoft Teams channel takes no messages since Tuesday 8 December 2026, 9:10am. ${PROBLEM}`,
    );
    await office.store.channelTroubles.clear(PLACE);
    expect(await blocks()).not.toContain('takes no messages');
  });
});
