import type { Fact, Part } from '../../src/card/card.ts';
import type { GapsFacts, ImportedFacts, IntakeAnswers, SnapshotFacts } from '../../src/domain/extract-answers.ts';
import { counted, dayInWords, inWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

const ROWS = 12;

export const intakeCards = {
  imported: (facts) => ({
    headline: importedHeadline(facts),
    tone: facts.outcome === 'known' ? 'neutral' : facts.errors > 0 || isOld(facts) ? 'warning' : 'good',
    body: [
      { kind: 'facts', facts: importedFacts(facts) },
      ...oldExtract(facts),
      ...flawTable(facts),
      ...unknownColumns(facts),
    ],
    actions: [],
  }),
  services: (facts) => ({
    headline: `${counted(facts.services, 'service')} ${facts.filter === null ? 'in' : `with ${facts.filter} in`} snapshot ${facts.snapshot.number}`,
    body: [
      {
        kind: 'facts',
        facts: [
          { label: 'Extract', value: snapshotWords(facts.snapshot) },
          { label: 'Directly bookable', value: `${number(facts.directlyBookable)} of ${number(facts.services)}` },
        ],
      },
      {
        kind: 'table',
        columns: ['Site', 'Services', 'Directly bookable', 'Unpublished', 'Urgent suspected cancer'],
        rows: facts.sites
          .slice(0, ROWS)
          .map((site) => [
            named(site),
            number(site.services),
            number(site.directlyBookable),
            number(site.unpublished),
            number(site.twoWeekWait),
          ]),
      },
      ...more(facts.sites.length, 'site'),
      ...(facts.filter === null
        ? []
        : [{ kind: 'list' as const, items: facts.first.map((one) => `${one.serviceId} ${one.name} (${one.site})`) }]),
      ...quiet(facts.listed ? null : 'Too many for a list: narrow it by site, specialty or name.'),
    ],
    actions: [],
  }),
  compared: (facts) => ({
    headline:
      facts.added + facts.removed + facts.changed === 0
        ? `Snapshots ${facts.from.number} and ${facts.to.number} hold the same services`
        : `From snapshot ${facts.from.number} to ${facts.to.number}: ${counted(facts.added, 'service')} new, ${number(facts.removed)} gone, ${number(facts.changed)} changed`,
    body: [
      {
        kind: 'facts',
        facts: [
          { label: `Snapshot ${facts.from.number}`, value: snapshotWords(facts.from) },
          { label: `Snapshot ${facts.to.number}`, value: snapshotWords(facts.to) },
          { label: 'The same in both', value: number(facts.unchanged) },
        ],
      },
      ...(facts.fields.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: ['What changed', 'Services'],
              rows: facts.fields.slice(0, ROWS).map(({ field, count }) => [fieldWords(field), number(count)]),
            },
          ]),
      {
        kind: 'list',
        items: facts.first.map((one) => `${one.serviceId} ${one.name} (${one.site}): ${WHAT[one.what]}`),
      },
    ],
    actions: [],
  }),
  gaps: (facts) => ({
    headline: gapsHeadline(facts),
    tone: facts.blocks ? 'stop' : 'good',
    body: [
      ...(facts.blocks
        ? [
            {
              kind: 'text' as const,
              text: 'The bulk update tool fails on services without these details, so a plan with them cannot be submitted.',
            },
          ]
        : []),
      {
        kind: 'table',
        columns: ['Site', 'Directly bookable', 'Missing', 'Not in any file'],
        rows: facts.sites
          .slice(0, ROWS)
          .map((site) => [named(site), number(site.services), missingWords(site), site.unknown.join(', ') || 'none']),
      },
      ...more(facts.sites.length, 'site'),
      ...askedWords(facts),
      ...attestedWords(facts),
      ...quiet(
        facts.filed === 0
          ? null
          : 'Each site has a file: fill in its blanks, correct e-RS by it, then send it back as a supplement. A column that no file has can be attested instead: /bsu gaps attest site=CODE',
      ),
    ],
    actions: [],
  }),
} satisfies CardsFor<IntakeAnswers>;

const WHAT = { added: 'new', removed: 'gone', changed: 'changed' } as const;

function importedHeadline(facts: ImportedFacts): string {
  const what = facts.number === null ? facts.kindWords : `snapshot ${facts.number}`;
  if (facts.outcome === 'known') return `This file was imported before, as ${what}. Nothing has changed`;
  if (facts.outcome === 'redated') return `The date of ${what} is corrected. Nothing else has changed`;
  const rows = facts.number === null ? counted(facts.kept, 'row') : counted(facts.kept, 'service');
  return facts.number === null ? `Imported: ${what}, ${rows}` : `Imported as ${what}: ${rows}`;
}

function importedFacts(facts: ImportedFacts): readonly Fact[] {
  return [
    { label: 'File', value: `${facts.fileName}: ${facts.kindWords}` },
    ...(facts.baseNumber === null ? [] : [{ label: 'Laid over', value: `snapshot ${facts.baseNumber}` }]),
    ...(facts.taken === null ? [] : [{ label: 'Shows', value: `e-RS at ${day(facts.taken)}` }]),
    { label: 'Rows read', value: number(facts.read) },
    ...(facts.elsewhere === 0 ? [] : [{ label: 'Of other providers', value: `${number(facts.elsewhere)}, not kept` }]),
    { label: 'To correct', value: `${counted(facts.errors, 'error')}, ${counted(facts.warnings, 'warning')}` },
  ];
}

function isOld(facts: ImportedFacts): boolean {
  return facts.ageDays !== null && facts.ageDays > facts.limitDays;
}

function oldExtract(facts: ImportedFacts): readonly Part[] {
  if (!isOld(facts)) return [];
  return [
    {
      kind: 'text',
      weight: 'strong',
      text: `The extract is ${counted(facts.ageDays ?? 0, 'day')} old, and a plan cannot be submitted on one older than ${number(facts.limitDays)}. Services may have changed since: download a newer one.`,
    },
  ];
}

function flawTable(facts: ImportedFacts): readonly Part[] {
  if (facts.flaws.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: ['What is wrong', 'How often', 'The row was'],
      rows: facts.flaws
        .slice(0, ROWS)
        .map((flaw) => [flaw.wrong, number(flaw.count), flaw.effect === 'warning' ? 'used' : 'left out']),
    },
    ...quiet(
      facts.listed === 0
        ? null
        : `The file lists ${facts.listed < facts.errors + facts.warnings ? `the first ${number(facts.listed)}` : 'each'} with line, column and value, and what to do.`,
    ),
  ];
}

function unknownColumns(facts: ImportedFacts): readonly Part[] {
  if (facts.unknownColumns.length === 0) return [];
  return [
    {
      kind: 'text',
      text: `Not in any file so far: ${facts.unknownColumns.join(' and ')}. Until a supplement brings it, or it is attested site by site, it is unknown and blocks a plan.`,
    },
  ];
}

function gapsHeadline(facts: GapsFacts): string {
  const done = facts.attestedNow
    ? `Noted: ${facts.attestedNow.columns.join(' and ')} at ${facts.attestedNow.site}. `
    : '';
  if (!facts.blocks) return `${done}Contact details are complete for all ${counted(facts.services, 'service')}`;
  const parts = [
    ...(facts.missing > 0 ? [`${number(facts.missing)} with details missing`] : []),
    ...(facts.unknown > 0 ? [`${number(facts.unknown)} with details unknown`] : []),
  ];
  return `${done}Of ${counted(facts.services, 'service')}: ${parts.join(', ')}`;
}

function askedWords(facts: GapsFacts): readonly Part[] {
  const items = facts.sites.flatMap(({ site, asked, missing, unknown }) =>
    asked === null || missing.length + unknown.length === 0
      ? []
      : [`${site}: ${asked.who} was asked by ${asked.by}, ${inWords(asked.at, facts.zone)}`],
  );
  if (items.length === 0) return [];
  return [{ kind: 'list', items: items.slice(0, ROWS) }, ...more(items.length, 'site')];
}

function attestedWords(facts: GapsFacts): readonly Part[] {
  const items = facts.sites.flatMap((site) =>
    site.attested.map(
      ({ column, by, at }) => `${column} at ${site.site}: complete in e-RS, says ${by}, ${inWords(at, facts.zone)}`,
    ),
  );
  if (items.length === 0) return [];
  return [{ kind: 'list', items: items.slice(0, ROWS) }, ...more(items.length, 'attestation')];
}

function missingWords(site: GapsFacts['sites'][number]): string {
  return site.missing.map((gap) => `${gap.column} ${number(gap.count)}`).join(', ') || 'none';
}

function snapshotWords(snapshot: SnapshotFacts): string {
  const age = snapshot.ageDays > snapshot.limitDays ? `, too old: ${counted(snapshot.ageDays, 'day')}` : '';
  return `${snapshot.fileName}, e-RS at ${day(snapshot.taken)}${age}`;
}

function named(site: { readonly site: string; readonly name: string | null }): string {
  return site.name === null ? site.site : `${site.site} ${site.name}`;
}

function more(count: number, one: string): readonly Part[] {
  return count <= ROWS ? [] : [{ kind: 'text', weight: 'quiet', text: `and ${counted(count - ROWS, one)} more` }];
}

function quiet(text: string | null): readonly Part[] {
  return text === null ? [] : [{ kind: 'text', weight: 'quiet', text }];
}

function fieldWords(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function day(iso: string): string {
  return dayInWords(Temporal.PlainDate.from(iso));
}

function number(count: number): string {
  return count.toLocaleString('en-GB');
}
