import { benchDatabase } from '../bench/bench-database.ts';
import { FLAT, fuzzTeams } from '../support/teams-fuzz.ts';
import type { Fuzz } from './result.ts';

/** Malformed activities to the Teams surface with the real verbs behind it: counted are crashes, 5xx, rejections and memory. */
export const fuzz: Fuzz = async ({ db, url, folder, count, seed, say }) => {
  const connection = await benchDatabase({ db, url, folder });
  try {
    const counts = await fuzzTeams(connection, { count, seed }, say);
    const { faults, unhandled, unanswered, alive, heapBefore, heapAfter } = counts;
    const ok = faults + unhandled + unanswered === 0 && alive && heapAfter - heapBefore < FLAT;
    return { ...counts, heapBefore: inTenths(heapBefore), heapAfter: inTenths(heapAfter), ok };
  } finally {
    await connection.close();
  }
};

function inTenths(megabytes: number): number {
  return Math.round(megabytes * 10) / 10;
}
