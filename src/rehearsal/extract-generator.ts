import { seededChance } from './chance.ts';
import { quoted } from './csv-lines.ts';
import { FLAW_MAKERS, type FlawName } from './extract-flaw-makers.ts';
import { EXTRACT_COLUMNS, extractRow } from './sample-files.ts';
import { type SampleService, sampleServices } from './sample-services.ts';

export interface ExtractRequest {
  /** The same seed and sizes give the same bytes. */
  readonly seed: number;
  /** All rows; those beyond the provider's own belong to other providers, all fictional. */
  readonly rows: number;
  /** Directly bookable services of the rehearsal's own provider; about 6 % more are not directly bookable. */
  readonly bookable: number;
  /** How many rows get each flaw; every one in another row of the provider's own. */
  readonly flaws?: Partial<Readonly<Record<FlawName, number>>>;
  /** Columns that the file lacks. */
  readonly without?: readonly string[];
}

export interface PlantedFlaw {
  readonly name: FlawName;
  readonly line: number;
  /** Of a duplicate: the line with the first of the two. */
  readonly otherLine: number | null;
}

/** An extract, and what an honest reader must find in it. */
export interface GeneratedExtract {
  readonly planted: readonly PlantedFlaw[];
  /** Rows that can be used, of the provider's own. */
  readonly services: number;
  readonly elsewhere: number;
  /** The file, line by line, each with its line break. */
  lines(): Generator<string>;
}

/** The own provider's rows that a request of this many bookable services gives. */
export function ownRows(bookable: number): number {
  return bookable === 0 ? 0 : sampleServices(bookable).length;
}

/** An EBSX05-like extract of any size, deterministic by seed, with every kind of flaw in known numbers. */
export function generateExtract(request: ExtractRequest): GeneratedExtract {
  const own = request.bookable === 0 ? [] : sampleServices(request.bookable);
  if (own.length > request.rows) throw new RangeError(`${own.length} own services do not fit in ${request.rows} rows.`);
  const lineOf = (index: number) => 2 + Math.floor((index * request.rows) / own.length);
  const flawed = plant(request, own.length);
  const planted = [...flawed].map(([index, name]) => ({
    name,
    line: lineOf(index),
    otherLine: name === 'duplicate' ? lineOf(0) : null,
  }));
  const kept = [...flawed.values()].filter((name) => FLAW_MAKERS[name].leavesOut).length;
  return {
    planted: planted.sort((a, b) => a.line - b.line),
    services: own.length - kept,
    elsewhere: request.rows - own.length,
    *lines() {
      const columns = EXTRACT_COLUMNS.filter((name) => !request.without?.includes(name));
      yield `${columns.join(',')}\n`;
      let at = 0;
      for (let line = 2; line < request.rows + 2; line++) {
        const service = own[at];
        if (service && lineOf(at) === line) {
          yield lineText(extractRow(service), columns, flawed.get(at), own[0]);
          at++;
        } else yield lineText(elsewhereRow(request.seed, line), columns);
      }
    },
  };
}

/** Which of the own rows gets which flaw. The first stays good: duplicates repeat it. */
function plant(request: ExtractRequest, own: number): ReadonlyMap<number, FlawName> {
  const chance = seededChance(request.seed);
  const wanted = Object.entries(request.flaws ?? {}).flatMap(([name, count]) =>
    Array.from({ length: count }, () => name as FlawName),
  );
  if (wanted.length > own - 1) throw new RangeError(`${wanted.length} flaws do not fit in ${own} rows.`);
  const flawed = new Map<number, FlawName>();
  // Selection sampling: each row in turn, with the odds that fill exactly the number wanted.
  for (let index = 1; index < own && wanted.length > 0; index++) {
    if (!chance.happens(wanted.length / (own - index))) continue;
    const pick = pickOf(wanted.length, chance);
    const [name] = wanted.splice(pick, 1);
    if (name) flawed.set(index, name);
  }
  return flawed;
}

function pickOf(length: number, chance: ReturnType<typeof seededChance>): number {
  let at = 0;
  while (at < length - 1 && !chance.happens(1 / (length - at))) at++;
  return at;
}

function lineText(
  cells: readonly string[],
  columns: readonly string[],
  flaw?: FlawName,
  first?: SampleService,
): string {
  const row = new Map(EXTRACT_COLUMNS.map((name, at) => [name, quoted(cells[at] ?? '')]));
  const maker = flaw ? FLAW_MAKERS[flaw] : null;
  if (maker?.cell) row.set(maker.cell.column, maker.cell.value(first?.serviceId ?? ''));
  const values = columns.map((name) => row.get(name) ?? '');
  return `${(maker?.row ? maker.row(values) : values).join(',')}\n`;
}

const OTHER_PROVIDERS = 140;

/** A service of one of 140 fictional providers, by its line. */
function elsewhereRow(seed: number, line: number): readonly string[] {
  const number = (line * 37 + seed) % OTHER_PROVIDERS;
  const provider = `XQ${String.fromCharCode(65 + (number % 26))}${Math.floor(number / 26)}`;
  const [template] = TEMPLATE;
  if (!template) return [];
  return extractRow({
    ...template,
    serviceId: String(1_000_000 + line),
    organisation: provider,
    site: `${provider}${1 + (line % 4)}`,
    asid: String(300_000_000_000 + number),
    directlyBookable: line % 5 !== 0,
    published: line % 11 !== 0,
  });
}

const TEMPLATE = sampleServices(1);
