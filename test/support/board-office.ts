import { mayPress } from '../../src/app/may-press.ts';
import { loadBankHolidays } from '../../src/calendars/holidays.ts';
import type { Service } from '../../src/domain/service.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { boardMarks } from '../../src/store/boards-mark.ts';
import { storeOf } from '../../src/store/store.ts';
import { boardLive } from '../../src/surfaces/web/board-live.ts';
import { type BoardPageDeps, boardPage } from '../../src/surfaces/web/board-page.ts';
import type { PersonalPage } from '../../src/surfaces/web/personal-page.ts';
import { type BoardFeedParts, boardFeed } from '../../src/work/board-feed.ts';
import type { TestDatabase } from './database.ts';
import type { Office } from './office.ts';
import { openPageOffice } from './page-office.ts';

/** An office with a plan and its board on a real port; `every` is how often it is asked whether something changed. */
export async function openBoardOffice(
  database: TestDatabase,
  every: BoardFeedParts['every'],
  services?: readonly Service[],
  others: readonly PersonalPage[] = [],
) {
  let office: Office | null = null;
  const known = (): Office => {
    if (office === null) throw new Error('The office is not open yet.');
    return office;
  };
  const boards = boardFeed({
    clock: { now: () => known().clock.now() },
    bankHolidays: loadBankHolidays(),
    log: silentLog,
    marks: (ids) => boardMarks(known().connection.db, ids),
    transaction: (work) => known().connection.transaction((trx) => work(storeOf(trx))),
    every,
  });
  const deps: BoardPageDeps = { boards, mayUse: mayPress };
  const pages = await openPageOffice(database, [boardPage(deps), ...others], {
    ...(services === undefined ? {} : { services }),
    more: (own, opened) => {
      office = opened;
      return [boardLive({ ...own, ...deps, log: silentLog })];
    },
  });
  return {
    ...pages,
    boards,
    async close() {
      await pages.close();
      await boards.stop();
    },
  };
}
