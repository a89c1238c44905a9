import { expect, it } from 'vitest';
import { replayKeyStore } from '../../../src/store/replay-keys.ts';
import { eachDatabase } from '../../support/database.ts';
import { openOffice } from '../../support/office.ts';
import { fuzzSlack } from '../../support/slack-fuzz.ts';

const SEED = 20_261_208;
const REQUESTS = 2_000;

eachDatabase('signed but malformed requests', (database) => {
  it(`29: ${REQUESTS} of them crash nothing, and none is answered 5xx; other times and replays are refused`, async () => {
    const connection = await database.open();
    const { dispatch } = await openOffice(connection);
    const result = await fuzzSlack({
      count: REQUESTS,
      seed: SEED,
      dispatch,
      replayKeys: replayKeyStore(connection.db),
    });
    expect(result).toMatchObject({
      count: REQUESTS,
      serverErrors: 0,
      unhandled: 0,
      otherTimesTaken: 0,
      replaysTaken: 0,
      alive: true,
    });
    expect(Object.values(result.statuses).reduce((sum, count) => sum + count, 0)).toBe(REQUESTS);
    // Some of them come as far as the verbs.
    expect(result.statuses[200]).toBeGreaterThan(50);
  }, 240_000);
});
