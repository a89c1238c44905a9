import type { NoticeFacts, ServiceLine } from '../../src/domain/notice.ts';
import { calendarFile } from '../notices/calendar.ts';
import { noticeDocument } from '../notices/words.ts';

/** What the page needs of a notice; the port's page fits it. */
export interface NoticeToShow {
  readonly facts: NoticeFacts;
  readonly test: boolean;
  readonly phase: 'ahead' | 'now' | 'past' | null;
  readonly services: readonly ServiceLine[];
  readonly replacedBy: { readonly token: string; readonly reference: string; readonly what: string } | null;
}

/** The facts of the notice's page: the same words as the mail, and the whole list of services by site. */
export function noticeView(
  notice: NoticeToShow,
  links: { readonly page: string; readonly from: string; readonly path: string },
) {
  const doc = noticeDocument(notice.facts);
  return {
    title: doc.title,
    doc,
    provider: notice.facts.provider,
    test: notice.test,
    phase: notice.phase === null ? null : PHASES[notice.phase],
    path: links.path,
    replacedBy: notice.replacedBy,
    calendar: calendarFile(notice.facts, links.page, links.from),
    sites: bySite(notice),
  };
}

const PHASES = {
  ahead: 'The outage has not started yet.',
  now: 'The outage is on now.',
  past: 'The time that we gave has passed. As soon as booking is open again, a new notice takes the place of this one.',
};

function bySite({ facts, services }: NoticeToShow) {
  return facts.services.sites.map((site) => ({
    name: site.name,
    code: site.code,
    count: site.count,
    services: services.filter((service) => service.site === site.code),
  }));
}
