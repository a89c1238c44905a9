import { encode, wrap } from 'nodemailer/lib/qp';

/** Quoted-printable lines of at most 75 characters, CRLF between them: a soft break (=) still fits behind each. */
export function quotedPrintable(text: string): string {
  return wrap(encode(text.replace(/\r\n|\r|\n/g, '\r\n')), 75);
}

/** Base64 in lines of 76 characters. */
export function base64Lines(text: string): string {
  return (
    Buffer.from(text, 'utf8')
      .toString('base64')
      .match(/.{1,76}/g)
      ?.join('\r\n') ?? ''
  );
}

/** A text safe inside HTML, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => HTML_NAMES[character] ?? '');
}

/** One header's value: no line break gets in; other letters than ASCII become encoded words (RFC 2047). */
export function headerText(value: string): string {
  const line = oneLine(value);
  return /^[\x20-\x7e]*$/.test(line) && !line.includes('=?') ? line : encodedWords(line);
}

/** A mailbox with a display name: "The Surgery" <a@b.example>. */
export function mailbox(name: string, address: string): string {
  const plain = oneLine(name);
  const target = oneLine(address).replace(/[<>\s]/g, '');
  if (plain === '') return target;
  const ascii = /^[\x20-\x7e]*$/.test(plain) && !plain.includes('=?');
  return `${ascii ? `"${plain.replace(/(["\\])/g, '\\$1')}"` : encodedWords(plain)} <${target}>`;
}

/** "Name: value", folded at spaces so that no line is over 76 characters where that is possible. */
export function headerLine(name: string, value: string): string {
  const words = value.split(' ');
  let line = `${name}:`;
  let whole = '';
  for (const word of words) {
    if (line.length + 1 + word.length > 76 && line.trim() !== `${name}:`) {
      whole += `${line}\r\n`;
      line = ` ${word}`;
    } else line += ` ${word}`;
  }
  return whole + line;
}

const HTML_NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** Base64 words of at most 75 characters, never cutting a character in two. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let part = '';
  for (const character of text) {
    if (Buffer.byteLength(part + character, 'utf8') > 42) {
      words.push(part);
      part = '';
    }
    part += character;
  }
  if (part !== '') words.push(part);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`).join(' ');
}
