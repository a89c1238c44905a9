import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import type { Dispatch } from '../dispatch.ts';
import { systemClock } from '../kernel/clock.ts';
import type { BoardFeed } from '../ports/board-pages.ts';
import { readDeliveryReports } from '../readers/delivery-report.ts';
import { boardMarks } from '../store/boards-mark.ts';
import { downloadStore } from '../store/downloads.ts';
import { hoursPages } from '../store/hours-pages.ts';
import { mailReports } from '../store/mail-reports.ts';
import { noticePages } from '../store/notices-pages.ts';
import { outageFeeds } from '../store/outage-feeds.ts';
import { pageSessions } from '../store/page-sessions.ts';
import { replayKeyStore } from '../store/replay-keys.ts';
import { storeOf } from '../store/store.ts';
import { boardLive } from '../surfaces/web/board-live.ts';
import { type BoardPageDeps, boardPage } from '../surfaces/web/board-page.ts';
import { downloadRoutes } from '../surfaces/web/download-page.ts';
import { hoursPageRoutes } from '../surfaces/web/hours-page.ts';
import { mailReportsHook } from '../surfaces/web/mail-reports-hook.ts';
import { noticePageRoutes } from '../surfaces/web/notice-page.ts';
import { noticePreviewPages } from '../surfaces/web/notice-preview-page.ts';
import { outageFeedRoutes } from '../surfaces/web/outage-feed-page.ts';
import { personalPages } from '../surfaces/web/personal-page.ts';
import { planPages } from '../surfaces/web/plan-pages.ts';
import { runPages } from '../surfaces/web/run-pages.ts';
import { sessionRoutes } from '../surfaces/web/sessions.ts';
import { boardFeed } from '../work/board-feed.ts';
import { mayPress } from './may-press.ts';

export interface Pages {
  readonly routes: readonly ((app: FastifyInstance) => Promise<void>)[];
  /** Before the database is closed. */
  stop(): Promise<void>;
}

/** Every page of the service: public ones behind their links, and those of people behind a session. */
export function openPages(app: App, dispatch: Dispatch, posted: () => void): Pages {
  const { config, connection, clock } = app;
  const { publicUrl } = config;
  const boards = openBoards(app);
  const own = {
    sessions: pageSessions(connection, { system: systemClock, domain: clock }),
    publicUrl,
    dispatch,
    replayKeys: replayKeyStore(connection.db),
    keepFile: (name: string, content: AsyncIterable<Uint8Array>) => app.files.put(name, content),
  };
  const board: BoardPageDeps = { boards, mayUse: mayPress };
  return {
    routes: [
      noticePageRoutes({
        pages: noticePages(connection, clock),
        publicUrl,
        from: config.mail?.from ?? 'notices@localhost',
      }),
      outageFeedRoutes({
        feeds: outageFeeds(connection.db),
        publicUrl,
        from: config.mail?.from ?? 'notices@localhost',
      }),
      hoursPageRoutes({ pages: hoursPages(connection, clock, app.bankHolidays), publicUrl }),
      downloadRoutes(downloadStore(connection.db, publicUrl)),
      ...returnedMails(app, posted),
      sessionRoutes(own),
      personalPages(own, [...planPages, ...runPages, ...noticePreviewPages, boardPage(board)]),
      boardLive({ ...own, ...board, log: app.log }),
    ],
    stop: () => boards.stop(),
  };
}

/** How often a migration that somebody looks at is asked whether it changed, in milliseconds. */
const LOOK_MS = 1_000;

function openBoards(app: App): BoardFeed {
  const { connection, clock, bankHolidays, log } = app;
  return boardFeed({
    clock,
    bankHolidays,
    log,
    marks: (ids) => boardMarks(connection.db, ids),
    transaction: (work) => connection.transaction((trx) => work(storeOf(trx))),
    every(look) {
      const timer = setInterval(look, LOOK_MS);
      return () => clearInterval(timer);
    },
  });
}

function returnedMails({ config, connection, clock }: App, posted: () => void) {
  if (config.bounceSecret === null) return [];
  const reports = mailReports(connection, { read: readDeliveryReports, clock, posted });
  return [mailReportsHook({ reports, secret: config.bounceSecret, clock: systemClock })];
}
