import { createHash } from 'node:crypto';
import type { MailAttachment, PersonalMail, PreparedMail, SharedMail } from '../../../ports/mailer.ts';
import { splitAtMarks } from '../../../ports/mailer.ts';
import { base64Lines, escapeHtml, headerLine, headerText, mailbox, quotedPrintable } from './encode.ts';

/**
 * Composes the whole message once; a recipient's values are then put into their places already encoded. In a body each
 * value stands between soft line breaks, so the encoded text around it never changes.
 */
export function prepareMessage(mail: SharedMail): PreparedMail {
  const pieces = merged([...headerPieces(mail), ...bodyPieces(mail)]);
  return {
    messageFor(personal) {
      let message = '';
      for (const piece of pieces) message += typeof piece === 'string' ? piece : piece(personal);
      return message;
    },
  };
}

type Piece = string | ((personal: PersonalMail) => string);

function headerPieces(mail: SharedMail): Piece[] {
  const shared = [
    headerLine('From', mailbox(mail.from.name, mail.from.address)),
    headerLine('Subject', headerText(mail.subject)),
    `Date: ${mailDate(mail.date)}`,
    'MIME-Version: 1.0',
  ];
  return [
    `${shared.join('\r\n')}\r\n`,
    ({ to }) => `${headerLine('To', mailbox(to.name, to.address))}\r\n`,
    ({ messageId }) => `Message-ID: <${messageId}>\r\n`,
    ...Object.entries(mail.headers).map(([name, value]) => personalHeader(name, value)),
  ];
}

function personalHeader(name: string, value: string): Piece {
  const parts = splitAtMarks(value);
  if (parts.length === 1) return `${headerLine(name, headerText(value))}\r\n`;
  return ({ fields }) => {
    const filled = parts.map((part, place) => (place % 2 === 0 ? part : fieldOf(fields, part))).join('');
    return `${headerLine(name, headerText(filled))}\r\n`;
  };
}

function bodyPieces(mail: SharedMail): Piece[] {
  const mixed = boundary('mixed', mail);
  const alternative = boundary('alternative', mail);
  return [
    `${headerLine('Content-Type', `multipart/mixed; boundary="${mixed}"`)}\r\n\r\n`,
    `--${mixed}\r\n${headerLine('Content-Type', `multipart/alternative; boundary="${alternative}"`)}\r\n\r\n`,
    `--${alternative}\r\nContent-Type: text/plain; charset=utf-8\r\n${QP}`,
    ...personalBody(mail.text, (value) => value),
    `\r\n--${alternative}\r\nContent-Type: text/html; charset=utf-8\r\n${QP}`,
    ...personalBody(mail.html, escapeHtml),
    `\r\n--${alternative}--\r\n`,
    ...mail.attachments.map((attachment) => attachmentPart(attachment, mixed)),
    `--${mixed}--\r\n`,
  ];
}

const QP = 'Content-Transfer-Encoding: quoted-printable\r\n\r\n';
const SOFT_BREAK = '=\r\n';

function personalBody(body: string, escaped: (value: string) => string): Piece[] {
  return splitAtMarks(body).map((part, place): Piece => {
    if (place % 2 === 0) return quotedPrintable(part);
    return ({ fields }) => `${SOFT_BREAK}${quotedPrintable(escaped(fieldOf(fields, part)))}${SOFT_BREAK}`;
  });
}

function attachmentPart({ name, mediaType, text }: MailAttachment, mixed: string): string {
  return [
    `--${mixed}`,
    headerLine('Content-Type', `${mediaType}; name="${name}"`),
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${name}"`,
    '',
    base64Lines(text),
    '',
  ].join('\r\n');
}

/** A field without a value would leave a hole in somebody's mail: that is a fault of the program. */
function fieldOf(fields: Readonly<Record<string, string>>, name: string): string {
  const value = fields[name];
  if (value === undefined) throw new TypeError(`The mail has no value for ${name}.`);
  return value;
}

function boundary(part: string, mail: SharedMail): string {
  const digest = createHash('sha256').update(part).update(mail.text).update(mail.html).digest('hex');
  return `=_${part}_${digest.slice(0, 24)}`;
}

/** "Tue, 01 Dec 2026 09:00:00 +0000". */
function mailDate(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toUTCString().replace('GMT', '+0000');
}

function merged(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') whole[whole.length - 1] = last + piece;
    else whole.push(piece);
  }
  return whole;
}
