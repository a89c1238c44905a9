import { loadBankHolidays } from '../../src/calendars/holidays.ts';
import { DEFAULT_HOURS } from '../../src/domain/hours-policy.ts';
import type { Stop } from '../../src/domain/verdict.ts';
import { hours } from '../../src/domain/working-hours.ts';
import { absolute, type Bench } from './figure.ts';

const TURNS = 7;
const DECISIONS = 5_000;
const FIRST = Temporal.Instant.from('2026-01-01T00:00:00Z');

/** What a decision costs with 200 calendar events, and a year of openings from nothing. */
export const bench: Bench = async ({ say }) => {
  const facts = { bankHolidays: loadBankHolidays(), stops: outages(200) };
  const judge = hours(DEFAULT_HOURS, facts);
  const decisions: number[] = [];
  const years: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    decisions.push((timed(() => decide(judge)) * 1000) / DECISIONS);
    years.push(timed(() => hours(DEFAULT_HOURS, facts).openings(FIRST, 4_200, 1_000)));
    say(
      `turn ${turn + 1}: ${decisions.at(-1)?.toFixed(1)} µs a decision, ${years.at(-1)?.toFixed(1)} ms a year of openings`,
    );
  }
  return [
    absolute({ name: 'decision with 200 calendar events', unit: 'µs of CPU', better: 'lower', goal: 50 }, decisions),
    absolute({ name: 'a year of openings', unit: 'ms of CPU', better: 'lower', goal: 50 }, years),
  ];
};

/** Instants all over two years, so that no day is asked twice in a row. */
function decide(judge: ReturnType<typeof hours>): void {
  for (let count = 0; count < DECISIONS; count++) judge.verdict(FIRST.add({ minutes: (count * 7_919) % 1_000_000 }));
}

/** Milliseconds of processor time: what it costs, however busy the machine is. */
function timed(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function outages(count: number): readonly Stop[] {
  return Array.from({ length: count }, (_, index) => {
    const from = FIRST.add({ hours: index * 80 });
    return {
      rule: 'e-rs-outage',
      from: from.toString(),
      to: from.add({ hours: 2 }).toString(),
      source: 'a bench',
      text: `Outage ${index}.`,
    };
  });
}
