import PostalMime from 'postal-mime';
import type { StoredMail } from './mailbox.ts';

export interface ReadMail {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly date: string;
  readonly text: string;
  readonly html: string;
  /** The calendar event's lines as label and value, and its whole text; null where there is none. */
  readonly calendar: CalendarEvent | null;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: number }[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}
export interface CalendarEvent {
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly text: string;
}

/** Reads a whole mail. */
export async function readMail(mail: StoredMail): Promise<ReadMail> {
  const read = await PostalMime.parse(mail.raw);
  const calendar = read.attachments.find((one) => one.mimeType === 'text/calendar');
  return {
    subject: read.subject ?? '(no subject)',
    from: read.from ? addressWords(read.from) : mail.from,
    to: mail.to,
    date: read.date ?? '',
    text: read.text ?? '',
    html: read.html ?? '',
    calendar: calendar ? readCalendar(textOf(calendar.content)) : null,
    attachments: read.attachments.map((one) => ({
      name: one.filename ?? 'no name',
      type: one.mimeType,
      bytes: textOf(one.content).length,
    })),
    headers: read.headers.map((one) => ({ name: one.originalKey, value: one.value })),
  };
}

const subjects = new WeakMap<StoredMail, string>();

/** The subject alone: reads only the headers, once. */
export async function subjectOf(mail: StoredMail): Promise<string> {
  const known = subjects.get(mail);
  if (known !== undefined) return known;
  const end = mail.raw.indexOf('\r\n\r\n');
  const read = await PostalMime.parse(mail.raw.subarray(0, end < 0 ? mail.raw.length : end + 4));
  const subject = read.subject ?? '(no subject)';
  subjects.set(mail, subject);
  return subject;
}

function readCalendar(text: string): CalendarEvent {
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const shown = lines.flatMap((line) => {
    const [, name = '', value = ''] = /^([A-Z-]+)[^:]*:(.*)$/.exec(line) ?? [];
    const label = CALENDAR_LABELS[name];
    return label === undefined
      ? []
      : [{ label, value: label === 'Start' || label === 'End' ? utcOf(value) : plain(value) }];
  });
  return { lines: shown, text };
}

const CALENDAR_LABELS: Readonly<Record<string, string>> = {
  METHOD: 'Method',
  SUMMARY: 'What',
  DTSTART: 'Start',
  DTEND: 'End',
  LOCATION: 'Where',
  DESCRIPTION: 'Details',
  STATUS: 'Status',
  SEQUENCE: 'Version',
  UID: 'Identifier',
};

/** "20261208T170000Z" as an instant's text; anything else stays as it is. */
function utcOf(value: string): string {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value) ?? [];
  return y === undefined ? value : `${y}-${mo}-${d}T${h}:${mi}:${s}Z`;
}

function plain(value: string): string {
  return value.replaceAll('\\n', '\n').replaceAll(/\\([,;\\])/g, '$1');
}

function textOf(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

function addressWords(address: { name?: string; address?: string | undefined }): string {
  return address.name ? `${address.name} <${address.address ?? ''}>` : (address.address ?? '');
}
