/** "a", "a and b", "a, b and c". */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** "a, b, c and 12 more": the first few of so many. */
export function firstInWords(items: readonly string[], total = items.length, shown = 5): string {
  const first = items.slice(0, shown);
  const more = total - first.length;
  return more > 0 ? `${first.join(', ')} and ${more.toLocaleString('en-GB')} more` : first.join(', ');
}
