import PostalMime, { type Email } from 'postal-mime';
import type { DeliveryReport, ReadDeliveryReports, ReportedRecipient } from '../domain/delivery-report.ts';
import { MAIL_NAME } from '../domain/delivery-report.ts';
import { sha256 } from '../kernel/canonical.ts';

/**
 * Reads delivery status notifications (RFC 3464): what is said of which address, and which of our mails it is about, by
 * its envelope id, the headers of the mail that came back, or wherever else the mail's name stands.
 */
export const readDeliveryReports: ReadDeliveryReports = async (bytes) => {
  const mails = mailsOf(Buffer.from(bytes).toString('latin1'));
  const reports: DeliveryReport[] = [];
  for (const raw of mails) {
    const report = await readOne(raw);
    if (report) reports.push(report);
  }
  return { mails: mails.length, reports };
};

/** One mail, or a mailbox file: there each begins with a line "From …" after a blank one, and such lines inside are quoted. */
function mailsOf(text: string): string[] {
  const plain = text.replace(/\r\n?/g, '\n');
  if (!plain.startsWith('From ')) return plain.trim() === '' ? [] : [plain];
  return plain
    .slice('From '.length)
    .split(/\n\nFrom /)
    .map((part) => part.slice(part.indexOf('\n') + 1).replace(/^>(>*From )/gm, '$1'));
}

async function readOne(raw: string): Promise<DeliveryReport | null> {
  const bytes = Buffer.from(raw.replaceAll('\n', '\r\n'), 'latin1');
  const mail = await parsed(bytes);
  if (mail === null) return null;
  const status = mail.attachments.find((one) => STATUS.test(one.mimeType));
  const name = mailNameIn(mail, raw);
  if (!status || name === null) return null;
  const recipients = groupsOf(String(status.content)).flatMap(recipientOf);
  return recipients.length === 0 ? null : { id: idOf(mail, String(status.content)), mail: name, recipients };
}

/** The same in a mailbox, in a file of it and handed on, where the headers around differ. Two tries may fail in the same words. */
function idOf({ messageId, date }: Email, status: string): string | null {
  const own = messageId ?? date;
  return own === undefined ? null : sha256(`${own} ${status.replace(/\s+/g, ' ').trim()}`).slice(0, 32);
}

/** Null for what is made to be unreadable, parts in parts without end: it is no report, and must not hold up the others. */
async function parsed(bytes: Buffer): Promise<Email | null> {
  try {
    return await PostalMime.parse(bytes, { forceRfc822Attachments: true, attachmentEncoding: 'utf8' });
  } catch {
    return null;
  }
}

const STATUS = /^message\/(?:global-)?delivery-status$/i;

/** What our mail is called: every part is looked through, decoded; two different names are no answer. */
function mailNameIn(mail: Email, raw: string): string | null {
  const parts = [raw, mail.text ?? '', ...mail.attachments.map((one) => String(one.content))];
  const names = new Set(parts.flatMap((part) => part.match(new RegExp(MAIL_NAME, 'g')) ?? []));
  const [name] = names;
  return names.size === 1 && name !== undefined ? name : null;
}

type Fields = ReadonlyMap<string, string>;

/** Groups of fields with a blank line between them; folded lines are one. */
function groupsOf(content: string): Fields[] {
  return content
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
    .map(
      (group) =>
        new Map(
          group.split('\n').flatMap((line) => {
            const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line.trim()) ?? [];
            return name === undefined ? [] : [[name.toLowerCase(), value ?? ''] as const];
          }),
        ),
    );
}

/** The first group is about the report itself: it has no recipient. */
function recipientOf(fields: Fields): ReportedRecipient[] {
  const addresses = ['original-recipient', 'final-recipient'].flatMap((name) => {
    const value = fields.get(name);
    return value === undefined ? [] : [plainAddress(value)];
  });
  const action = (fields.get('action') ?? '').toLowerCase().replace(/[^a-z].*$/, '');
  if (addresses.length === 0 || action === '') return [];
  const diagnostic = withoutType(fields.get('diagnostic-code') ?? '');
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '';
  return [{ addresses, action, reply: [status, diagnostic].filter(Boolean).join(', ') }];
}

/** "rfc822; A@b.example" → "a@b.example". */
function plainAddress(value: string): string {
  return withoutType(value).replace(/^<|>$/g, '').toLowerCase();
}

function withoutType(value: string): string {
  return value.replace(/^[\w-]+\s*;\s*/, '').trim();
}
