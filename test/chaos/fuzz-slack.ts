import { replayKeyStore } from '../../src/store/replay-keys.ts';
import { benchDatabase } from '../bench/bench-database.ts';
import { openOffice } from '../support/office.ts';
import { fuzzSlack } from '../support/slack-fuzz.ts';
import type { Fuzz } from './result.ts';

/** Signed but malformed requests to the Slack surface with the real verbs behind it: counted are 5xx, rejections, other times and replays. */
export const fuzz: Fuzz = async ({ db, url, folder, count, seed, say }) => {
  const connection = await benchDatabase({ db, url, folder });
  try {
    const { dispatch } = await openOffice(connection);
    const replayKeys = replayKeyStore(connection.db);
    const result = await fuzzSlack({ count, seed, dispatch, replayKeys, say });
    const { serverErrors, unhandled, otherTimesTaken, replaysTaken, alive } = result;
    return { ...result, ok: serverErrors + unhandled + otherTimesTaken + replaysTaken === 0 && alive };
  } finally {
    await connection.close();
  }
};
