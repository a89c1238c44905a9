import nunjucks from 'nunjucks';
import type { NoticeFacts } from '../../src/domain/notice.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { calendarFile } from './calendar.ts';
import type { PersonalWords } from './document.ts';
import { plainText } from './plain-text.ts';
import { noticeDocument } from './words.ts';

export interface MailLinks {
  /** The notice's public page. */
  readonly page: string;
  /** The sender's address: the event's organiser. */
  readonly from: string;
}

export interface NoticeMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly calendar: { readonly method: 'PUBLISH' | 'CANCEL'; readonly text: string } | null;
}

/** A notice as mail: HTML, its plain-text twin and the outage as a calendar event, all from the same facts (rule 22). */
export function noticeMail(facts: NoticeFacts, links: MailLinks, personal: PersonalWords): NoticeMail {
  const doc = noticeDocument(facts);
  const page = { page: links.page, pageLabel: pageLabel(facts) };
  return {
    subject: doc.subject,
    html: templates.render('mail.njk', { doc, facts, links: page, personal, ...STYLES }),
    text: plainText(doc, page, personal),
    calendar: calendarFile(facts, links.page, links.from),
  };
}

function pageLabel({ services }: NoticeFacts): string {
  return `Read this notice online, with ${services.count === 1 ? 'the service' : `all ${counted(services.count, 'service')}`}`;
}

const FONT = "font-family:Arial,'Helvetica Neue',sans-serif;";
const STYLES = {
  font: new nunjucks.runtime.SafeString(FONT),
  para: new nunjucks.runtime.SafeString(`margin:0 0 16px 0;${FONT}font-size:16px;line-height:24px;color:#212b32`),
  small: new nunjucks.runtime.SafeString(`margin:0 0 8px 0;${FONT}font-size:14px;line-height:20px;color:#4c6272`),
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
