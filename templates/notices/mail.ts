import nunjucks from 'nunjucks';
import type { NoticeFacts } from '../../src/domain/notice.ts';
import type { Language } from '../../src/kernel/voice.ts';
import { calendarFile } from './calendar.ts';
import type { PersonalWords } from './document.ts';
import { type MailVersion, mailVersion } from './mail-version.ts';
import { plainText } from './plain-text.ts';
import { englishVersion, welshVersion } from './words.ts';

export interface MailLinks {
  /** The notice's public page. */
  readonly page: string;
  /** The sender's address: the event's organiser. */
  readonly from: string;
}

export interface NoticeMail {
  readonly subject: string;
  /** What it is written in, in its order. */
  readonly languages: readonly Language[];
  readonly html: string;
  readonly text: string;
  readonly calendar: { readonly method: 'PUBLISH' | 'CANCEL'; readonly text: string } | null;
}

/**
 * A notice as mail: HTML, its plain-text twin and the outage as a calendar event, all from the same facts (rule 22). For
 * a reader of Welsh it is in both languages, Welsh first, the English whole below it: whoever is on duty can read it.
 */
export function noticeMail(
  facts: NoticeFacts,
  links: MailLinks,
  personal: PersonalWords,
  language: Language = 'en',
): NoticeMail {
  const welsh = language === 'cy' ? welshVersion(facts) : null;
  const versions = [...(welsh ? [welsh] : []), englishVersion(facts)].map((one) =>
    mailVersion(one, links.page, personal),
  );
  const joined = (of: (one: MailVersion) => string) => versions.map(of).join(' / ');
  return {
    subject: joined(({ doc }) => doc.subject),
    languages: versions.map(({ voice }) => voice.language),
    html: templates.render('mail.njk', {
      versions: versions.map((one) => ({ ...one, part: welsh ? PARTS[one.lang] : '' })),
      both: welsh !== null,
      title: joined(({ doc }) => doc.title),
      preheader: joined(({ doc }) => doc.preheader),
      facts,
      personal,
      ...STYLES,
    }),
    text: plainText(versions),
    calendar: calendarFile(versions, links.page, links.from),
  };
}

const FONT = "font-family:Arial,'Helvetica Neue',sans-serif;";
const STYLES = {
  font: new nunjucks.runtime.SafeString(FONT),
  para: new nunjucks.runtime.SafeString(`margin:0 0 16px 0;${FONT}font-size:16px;line-height:24px;color:#212b32`),
  small: new nunjucks.runtime.SafeString(`margin:0 0 8px 0;${FONT}font-size:14px;line-height:20px;color:#4c6272`),
};
/** On each row: a mail program that takes the mail's frame away leaves them there. */
const PARTS = {
  cy: new nunjucks.runtime.SafeString(' lang="cy"'),
  'en-GB': new nunjucks.runtime.SafeString(' lang="en-GB"'),
};

const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(import.meta.dirname), {
  autoescape: true,
  throwOnUndefined: true,
});

/** Takes what was escaped: "e-RS" and telephone numbers are never broken over two lines. */
templates.addFilter('whole', (escaped: { toString(): string }) => {
  const words = escaped.toString();
  return new nunjucks.runtime.SafeString(
    words.replace(/\be-RS\b|\b0\d{2,4} \d{3,4} \d{3,4}\b/g, '<span style="white-space:nowrap">$&</span>'),
  );
});

/** Takes two escaped texts: why somebody is on the list is English, in whatever sentence it stands. */
templates.addFilter('english', (escaped: { toString(): string }, english: { toString(): string }) => {
  const own = english.toString();
  return new nunjucks.runtime.SafeString(escaped.toString().replace(own, () => `<span lang="en-GB">${own}</span>`));
});
