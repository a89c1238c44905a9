/** The content lines of a calendar file as its text: folded, each ended as RFC 5545 says. */
export function icsText(lines: readonly string[]): string {
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** "20261208T170000Z". */
export function utc(instant: string): string {
  return Temporal.Instant.from(instant).round('second').toString().replace(/[-:]/g, '');
}

/** A text value: RFC 5545, 3.3.11. */
export function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

/** At most 75 octets a line, never cutting a character in two; the next line starts with a space. */
function folded(line: string): string {
  const lines: string[] = [];
  let part = '';
  for (const character of line) {
    if (Buffer.byteLength(part + character, 'utf8') > 75) {
      lines.push(part);
      part = ' ';
    }
    part += character;
  }
  return [...lines, part].join('\r\n');
}
