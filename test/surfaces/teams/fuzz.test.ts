import { expect, it } from 'vitest';
import { connectEmbedded } from '../../../db/connect.ts';
import { migrate } from '../../../db/migrate.ts';
import { FLAT, fuzzTeams } from '../../support/teams-fuzz.ts';

const ACTIVITIES = 2_000;

it(`29: ${ACTIVITIES} malformed activities, signed and not: nothing crashes, none is answered 5xx, the memory stays flat`, {
  timeout: 120_000,
}, async () => {
  const connection = await connectEmbedded(null);
  await migrate(connection);
  try {
    const counts = await fuzzTeams(connection, { count: ACTIVITIES, seed: 20_261_208 });
    expect(counts).toMatchObject({ count: ACTIVITIES, faults: 0, unhandled: 0, unanswered: 0, alive: true });
    expect(counts.signed).toBeGreaterThan(ACTIVITIES / 2);
    expect(counts.statuses[200], 'some get as far as the verbs').toBeGreaterThan(ACTIVITIES / 10);
    expect(counts.heapAfter - counts.heapBefore).toBeLessThan(FLAT);
  } finally {
    await connection.close();
  }
});
