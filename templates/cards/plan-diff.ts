import type { Card, Part } from '../../src/card/card.ts';
import type { PlanDiffFacts, PlanTicksFacts } from '../../src/domain/plan-answers.ts';
import { firstInWords, listInWords } from '../../src/kernel/list-words.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { REFUSAL_WORDS, WARNING_WORDS } from './plan-words.ts';

/** What a selection would do; saving it is its one button. */
export function diffCard(facts: PlanDiffFacts): Card {
  const name =
    facts.number === null ? (facts.kind === 'practice' ? 'New practice plan' : 'New plan') : `Plan ${facts.number}`;
  const change = facts.number === null ? '' : ` (${facts.added} added, ${facts.removed} taken off)`;
  return {
    headline: `${name}: ${facts.words}. Nothing is saved yet`,
    tone: facts.refused.length > 0 ? 'warning' : 'neutral',
    body: [
      {
        kind: 'text',
        weight: 'strong',
        text: `${counted(facts.services, 'service')} at ${counted(facts.sites.length, 'site')} would move to ${facts.toAsid}${facts.toOrganisation ? ` in ${facts.toOrganisation}` : ''}${change}`,
      },
      {
        kind: 'table',
        columns: ['Organisation', 'Site', 'Services', 'From', 'Left on the old system'],
        rows: facts.sites.map((site) => [
          site.organisation,
          siteName(site),
          String(site.count),
          listInWords(site.fromAsids),
          String(site.leftOut),
        ]),
      },
      ...titled(
        'Not taken',
        facts.refused.map(
          ({ why, count, examples, holders }) =>
            `${counted(count, 'service')} ${REFUSAL_WORDS[why]}${holders.length > 0 ? ` (${holders.join('; ')})` : ''}: ${firstInWords(examples, count)}`,
        ),
      ),
      ...titled(
        'Look at these',
        facts.warnings.map(
          ({ why, count, examples }) =>
            `${counted(count, 'service')} ${WARNING_WORDS[why]}: ${firstInWords(examples, count)}`,
        ),
      ),
      {
        kind: 'facts',
        facts: [
          { label: 'From import', value: String(facts.snapshot) },
          {
            label: 'Run by',
            value: `${facts.runner ?? 'nobody yet'}${facts.deputy ? `, deputy ${facts.deputy}` : ''}`,
          },
          { label: 'Verification', value: facts.verification.join(', ') },
          ...(facts.votes === 'none' ? [] : [{ label: 'Votes', value: VOTE_WORDS[facts.votes] }]),
        ],
      },
    ],
    actions: [{ kind: 'do', label: 'Save', verb: facts.save.verb, input: facts.save.input, style: 'primary' }],
  };
}

const VOTE_WORDS = {
  keep: 'they stay',
  'ask-safety-officer-again': 'the approvers’ votes stay, the clinical safety officer is asked again',
  void: 'saving this ends all votes',
} as const satisfies Record<Exclude<PlanDiffFacts['votes'], 'none'>, string>;

function siteName({ site, name }: { site: string; name: string }): string {
  return site === name ? site : `${name} (${site})`;
}

/** The tick sheet as the screen groups it; line by line only where it stays short. */
export function ticksCard({ number, sheet, names, testServices }: PlanTicksFacts): Card {
  const few = sheet.services <= 40;
  const called = (code: string) => siteName({ site: code, name: names[code] ?? code });
  return {
    headline: `Plan ${number}: ${counted(sheet.ticks, 'tick')} for ${counted(sheet.services, 'service')}`,
    tone: 'neutral',
    body: sheet.organisations
      .flatMap((organisation): Part[] => [
        {
          kind: 'text',
          weight: 'strong',
          text: `${called(organisation.organisation)}: ${counted(organisation.services, 'service')}, ${counted(organisation.ticks, 'tick')}`,
        },
        {
          kind: 'list',
          items: organisation.sites.map(
            ({ site, whole, ticks }) =>
              `${called(site)}: ${whole ? '1 tick for the whole site' : counted(ticks, 'tick')}`,
          ),
        },
        ...(few ? [lineByLine(organisation, called)] : []),
      ])
      .concat(
        titled(
          'Test services are on the screen too',
          testServices.map(
            ({ serviceId, name, site, ticked }) =>
              `${serviceId} ${name} at ${called(site)}: ${ticked ? 'in this plan, counted above' : 'not in this plan, do not tick it'}`,
          ),
        ),
      ),
    actions: [],
    last: few
      ? 'Tick services, never an organisation'
      : 'Each service is a line of the file. Tick services, never an organisation',
  };
}

function lineByLine(
  organisation: PlanTicksFacts['sheet']['organisations'][number],
  called: (code: string) => string,
): Part {
  const rows = organisation.sites.flatMap(({ site, services }) =>
    services.map(({ serviceId, name }) => [called(site), serviceId, name]),
  );
  return { kind: 'table', columns: ['Site', 'Service', 'Name'], rows };
}

/** A title over a list, or nothing where the list is empty. */
export function titled(title: string, items: readonly string[]): Part[] {
  return items.length === 0
    ? []
    : [
        { kind: 'text', text: title, weight: 'strong' },
        { kind: 'list', items },
      ];
}
