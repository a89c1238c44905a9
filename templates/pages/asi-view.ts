import type { AsiDay, AsiPriority } from '../../src/domain/asi.ts';

/** What the chart needs of the facts of appointment slot issues. */
export interface AsiToDraw {
  readonly totals: readonly {
    readonly priority: AsiPriority;
    readonly words: string;
    readonly day: AsiDay;
    readonly total: number | null;
  }[];
  /** From which total an alert stands out; null: no baseline. */
  readonly alertFrom: Readonly<Record<AsiPriority, number | null>>;
}

export interface AsiPanel {
  readonly words: string;
  /** For whoever does not see the picture. */
  readonly said: string;
  readonly bars: readonly {
    readonly day: string;
    readonly label: string;
    readonly above: boolean;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly baseline: { readonly total: number; readonly y: number } | null;
  readonly alert: { readonly from: number; readonly y: number } | null;
}

/** A picture and a table of the same numbers. Lengths are in the picture's own units. */
export interface AsiChart {
  readonly width: number;
  readonly height: number;
  /** Where the bars stand. */
  readonly floor: number;
  readonly panels: readonly AsiPanel[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const WIDTH = 280;
const HEIGHT = 168;
const FLOOR = 140;
const TOP = 28;
const BAR = 40;
const FIRST = 14;
const STEP = 68;

const DAY_WORDS = { baseline: 'Before', '+1': 'Day +1', '+3': 'Day +3', '+7': 'Day +7' } as const satisfies Record<
  AsiDay,
  string
>;

const DAYS = Object.keys(DAY_WORDS) as AsiDay[];

/** Counts by priority and day against the baseline, with the line of the alert rule (rule 26); null where nothing is counted. */
export function asiChart({ totals, alertFrom }: AsiToDraw): AsiChart | null {
  const counted = Map.groupBy(totals, ({ priority }) => priority);
  const lines = [...counted.values()].filter((some) => some.some(({ total }) => total !== null));
  if (lines.length === 0) return null;
  const panels = lines.map((some) => panelOf(some, alertFrom[some[0]?.priority ?? 'routine']));
  return {
    width: WIDTH,
    height: HEIGHT,
    floor: FLOOR,
    panels: panels.map(({ row: _, ...panel }) => panel),
    columns: ['Priority', 'Before', 'Alert from', 'Day +1', 'Day +3', 'Day +7'],
    rows: panels.map(({ row }) => row),
  };
}

function panelOf(some: AsiToDraw['totals'], from: number | null): AsiPanel & { readonly row: readonly string[] } {
  const words = some[0]?.words ?? '';
  const of = new Map(some.map(({ day, total }) => [day, total]));
  const before = of.get('baseline') ?? null;
  const most = Math.max(1, from ?? 0, ...some.map(({ total }) => total ?? 0));
  const y = (count: number) => Math.round(10 * (FLOOR - ((FLOOR - TOP) * count) / most)) / 10;
  const isAbove = (day: AsiDay) => day !== 'baseline' && from !== null && (of.get(day) ?? 0) >= from;
  const bars = DAYS.map((day, at) => {
    const total = of.get(day) ?? null;
    return {
      day: DAY_WORDS[day],
      label: total === null ? '–' : String(total),
      above: isAbove(day),
      x: FIRST + at * STEP,
      y: y(total ?? 0),
      width: BAR,
      height: FLOOR - y(total ?? 0),
    };
  });
  const said = DAYS.map((day) => {
    const total = of.get(day) ?? null;
    return `${DAY_WORDS[day]} ${total ?? 'not counted'}${isAbove(day) ? ', above the alert line' : ''}`;
  });
  const cell = (day: AsiDay) => `${isAbove(day) ? '✖ ' : ''}${of.get(day) ?? 'not counted'}`;
  return {
    words,
    said: `${words}: ${said.join('; ')}. ${from === null ? 'No baseline, so no alert.' : `An alert from ${from}.`}`,
    bars,
    baseline: before === null ? null : { total: before, y: y(before) },
    alert: from === null ? null : { from, y: y(from) },
    row: [words, cell('baseline'), String(from ?? 'no baseline'), cell('+1'), cell('+3'), cell('+7')],
  };
}
