import type { NoticeFacts, NoticeKind, ServiceLine } from '../../src/domain/notice.ts';
import type { Language, Voice } from '../../src/kernel/voice.ts';
import { calendarFile } from '../notices/calendar.ts';
import { versionPage } from '../notices/mail-version.ts';
import { englishVersion, welshVersion } from '../notices/words.ts';

/** What the page needs of a notice; the port's page fits it. */
export interface NoticeToShow {
  readonly facts: NoticeFacts;
  readonly test: boolean;
  readonly phase: 'ahead' | 'now' | 'past' | null;
  readonly services: readonly ServiceLine[];
  readonly outageToken: string | null;
  readonly replacedBy: { readonly token: string; readonly reference: string; readonly kind: NoticeKind } | null;
}

/** The facts of the notice's page: the same words as the mail, and the whole list of services by site. English where there is no Welsh. */
export function noticeView(
  notice: NoticeToShow,
  links: { readonly page: string; readonly from: string; readonly path: string; readonly publicUrl: string },
  language: Language = 'en',
) {
  const english = englishVersion(notice.facts);
  const welsh = welshVersion(notice.facts);
  const version = language === 'cy' && welsh !== null ? welsh : english;
  const { doc, voice } = version;
  return {
    title: doc.title,
    lang: voice.language,
    say: voice.say,
    other: welsh === null ? null : otherLanguage(voice, links.path),
    query: voice.language === 'cy' ? '?lang=cy' : '',
    doc,
    provider: notice.facts.provider,
    test: notice.test,
    phase: notice.phase === null ? null : voice.say(`page.${notice.phase}`),
    path: links.path,
    replacedBy: newerLink(notice.replacedBy, voice),
    calendar: calendarFile(version === english ? [english] : [version, english], links.page, links.from),
    subscribe: subscription(notice, links.publicUrl, voice),
    sites: bySite(notice, voice),
  };
}

/** Offered beside the file: by webcal: to a calendar program on this machine, as an address to one on the web. */
function subscription({ outageToken, facts }: NoticeToShow, publicUrl: string, voice: Voice) {
  if (outageToken === null || facts.calendar.method !== 'PUBLISH') return null;
  const address = versionPage(`${publicUrl}/outages/${outageToken}.ics`, { voice });
  return { address, link: address.replace(/^https?:/, 'webcal:') };
}

/** Each language by its own name. */
function otherLanguage({ language }: Voice, path: string) {
  return language === 'cy'
    ? { lang: 'en', name: 'English', href: path }
    : { lang: 'cy', name: 'Cymraeg', href: `${path}?lang=cy` };
}

function newerLink(newer: NoticeToShow['replacedBy'], voice: Voice) {
  if (newer === null) return null;
  const values = { what: voice.say(`kind.${newer.kind}`), reference: newer.reference };
  return {
    href: versionPage(`/notices/${newer.token}`, { voice }),
    words: voice.say('page.newer-link', values),
  };
}

function bySite({ facts, services }: NoticeToShow, voice: Voice) {
  return facts.services.sites.map((site) => ({
    line: voice.say('services.site', { site: `${site.name} (${site.code})`, services: voice.services(site.count) }),
    services: services.filter((service) => service.site === site.code),
  }));
}
