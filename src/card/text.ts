/** A control character but the line break, or half a character: most texts have none of it and are left as they are. */
const UNCLEAN = /[[\p{Cc}\p{Cs}]--[\n]]/v;

/** Text that every surface can take: well-formed Unicode, no control characters but the line break (a terminal obeys them). */
export function clean(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ');
}

/** At most `max` UTF-16 units, cut with "…", never through the middle of a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

export function isBlank(text: string): boolean {
  return clean(text).trim() === '';
}
