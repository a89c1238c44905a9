/**
 * A second, naive judge of working hours that shares no code with the first: it asks Intl what the wall clock shows in that
 * minute and compares texts. Slow and plain on purpose.
 */
export interface OraclePolicy {
  readonly zone: string;
  readonly closed: readonly OracleRange[];
  readonly amber: readonly OracleRange[];
}
export interface OracleRange {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
}

export function oracle(policy: OraclePolicy, holidays: ReadonlySet<string>, coveredYears: readonly string[]) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: policy.zone,
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (epochMs: number): 'open' | 'amber' | 'closed' => {
    // "Tuesday, 08/12/2026, 20:15"
    const shown = format.format(epochMs);
    const comma = shown.indexOf(' ');
    const date = `${shown.slice(comma + 7, comma + 11)}-${shown.slice(comma + 4, comma + 6)}-${shown.slice(comma + 1, comma + 3)}`;
    const time = shown.slice(-5);
    if (!coveredYears.includes(date.slice(0, 4))) return 'closed';
    const before = new Date(Date.parse(`${date}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
    const speaks = (range: OracleRange) =>
      range.from < range.to
        ? range.days.includes(kind(date)) && range.from <= time && time < range.to
        : (range.days.includes(kind(date)) && range.from <= time) ||
          (kindsOf(before).some((day) => range.days.includes(day)) && time < range.to);
    if (policy.closed.some(speaks)) return 'closed';
    return policy.amber.some(speaks) ? 'amber' : 'open';
  };

  function kind(date: string): string {
    if (holidays.has(date)) return 'bank-holiday';
    const index = new Date(`${date}T12:00:00Z`).getUTCDay();
    return ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'][index] ?? '';
  }

  function kindsOf(date: string): string[] {
    return coveredYears.includes(date.slice(0, 4)) ? [kind(date)] : [kind(date), 'bank-holiday'];
  }
}
