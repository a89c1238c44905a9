import type { Action, Card, Part } from '../../src/card/card.ts';
import type { PlanState } from '../../src/domain/plan.ts';
import type { PlanAnswers, PlanDiffFacts, PlanFacts, PlanTicksFacts } from '../../src/domain/plan-answers.ts';
import { ROLE_WORDS } from '../../src/domain/role.ts';
import { listInWords } from '../../src/domain/selection-words.ts';
import { counted, inWords, spanInWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';
import {
  noticeInWords,
  planName,
  REFUSAL_WORDS,
  sitesInWords,
  stateInWords,
  votesInWords,
  WARNING_WORDS,
  windowInWords,
} from './plan-words.ts';

export const planCards = {
  'plan.shown': planCard,
  'plan.opened': ({ plan, ...more }) => {
    const card = planCard(plan);
    return {
      ...card,
      body: [
        ...card.body,
        { kind: 'rule' },
        { kind: 'text', text: `What the code covers: ${more.selection}`, weight: 'strong' },
        {
          kind: 'facts',
          facts: [
            {
              label: 'Verification',
              value: listInWords(more.verificationServices.map((one) => `${one.name} (${one.serviceId})`)),
            },
            { label: 'Audience', value: more.audience },
            { label: 'Undo', value: `${counted(more.undo, 'service')} can go back to the old link` },
            ...(plan.hash ? [{ label: 'Hash', value: plan.hash }] : []),
          ],
        },
        ...(more.wording.length > 0
          ? [{ kind: 'list' as const, items: more.wording.map(({ name, text }) => `${name}: ${text}`) }]
          : []),
        ...history(more.versions, plan.zone),
      ],
    };
  },
  'plan.diff': diffCard,
  'plan.ticks': ticksCard,
} satisfies CardsFor<PlanAnswers>;

const TONES = {
  draft: 'neutral',
  submitted: 'progress',
  approved: 'good',
  running: 'progress',
  paused: 'warning',
  verifying: 'progress',
  stopped: 'stop',
  'rolling-back': 'warning',
  'rolled-back': 'stop',
  completed: 'good',
  withdrawn: 'neutral',
  expired: 'warning',
} as const satisfies Record<PlanState, NonNullable<Card['tone']>>;

function planCard(facts: PlanFacts): Card {
  const organisation = facts.toOrganisation ? ` in ${facts.toOrganisation}` : '';
  return {
    headline: `${planName(facts)} · ${facts.migration} · ${stateInWords(facts)}`,
    ...(facts.code ? { code: facts.code } : {}),
    tone: TONES[facts.state],
    body: [
      {
        kind: 'text',
        weight: 'strong',
        text: `${counted(facts.services, 'service')} at ${counted(facts.sites.length, 'site')} ${facts.services === 1 ? 'moves' : 'move'} from ${listInWords(facts.fromAsids)} to ${facts.toAsid}${organisation}`,
      },
      { kind: 'text', text: sitesInWords(facts.sites) },
      { kind: 'facts', facts: lines(facts) },
      ...section('Changed since the votes', facts.changes),
      ...section('To do before it can be submitted', facts.blockers),
    ],
    actions: actions(facts),
    ...(facts.last ? { last: `${facts.last.words}, ${inWords(facts.last.at, facts.zone)}` } : {}),
  };
}

function lines(facts: PlanFacts) {
  const warnings = facts.warnings.map(({ why, count }) => `${counted(count, 'service')} ${WARNING_WORDS[why]}`);
  return [
    ...(facts.kind === 'plan'
      ? [
          {
            label: 'Outage',
            value: facts.outage ? spanInWords(facts.outage.from, facts.outage.to, facts.zone) : 'not set yet',
          },
        ]
      : []),
    { label: 'Window', value: windowInWords(facts) },
    ...(facts.kind === 'plan' ? [{ label: 'Notices', value: noticeInWords(facts) }] : []),
    { label: 'Run by', value: `${facts.runner ?? 'nobody yet'}${facts.deputy ? `, deputy ${facts.deputy}` : ''}` },
    {
      label: 'Checked after',
      value: `${counted(facts.verification, 'verification service')}, ${counted(facts.critical, 'business-critical service')}`,
    },
    ...(warnings.length > 0 ? [{ label: 'Warnings', value: warnings.join('; ') }] : []),
    ...(facts.votes.length > 0 ? [{ label: 'Votes', value: votesInWords(facts) }] : []),
    ...(facts.needed.length > 0 ? [{ label: 'Still needed', value: stillNeeded(facts) }] : []),
    ...(facts.state === 'approved' && facts.votesValidUntil
      ? [{ label: 'Votes hold until', value: inWords(facts.votesValidUntil, facts.zone) }]
      : []),
  ];
}

function stillNeeded({ needed, couldVote }: PlanFacts): string {
  const roles = listInWords(needed.map(({ role, count }) => counted(count, ROLE_WORDS[role])));
  return couldVote.length > 0
    ? `${roles} (${couldVote.slice(0, 5).join(', ')})`
    : `${roles}: nobody has that role and no conflict`;
}

function actions(facts: PlanFacts): Action[] {
  const plan = String(facts.number);
  const bound = { plan, code: facts.code ?? '' };
  const see: Action = { kind: 'do', label: `See all ${facts.services}`, verb: 'show', input: { plan } };
  const notices: Action = { kind: 'do', label: 'See the notices', verb: 'notices', input: {} };
  const checklist: Action = { kind: 'do', label: 'Checklist', verb: 'checklist', input: { plan } };
  const ticks: Action = { kind: 'do', label: 'Tick sheet', verb: 'ticks', input: { plan } };
  const byState: Partial<Record<PlanState, Action[]>> = {
    draft: [
      {
        kind: 'do',
        label: 'Submit',
        verb: 'submit',
        input: { plan },
        ...(facts.blockers.length === 0 ? { style: 'primary' as const } : {}),
      },
      see,
      { kind: 'do', label: 'Change…', verb: 'plan', input: { plan } },
      checklist,
    ],
    submitted: [
      { kind: 'do', label: 'Approve', verb: 'approve', input: bound, style: 'primary' },
      { kind: 'do', label: 'Reject…', verb: 'reject', input: bound, style: 'danger' },
      see,
      notices,
    ],
    approved: [
      { kind: 'do', label: 'Go', verb: 'go', input: { plan }, style: 'primary' },
      ticks,
      see,
      notices,
      checklist,
    ],
  };
  return byState[facts.state] ?? [];
}

function history(versions: readonly { code: string; at: string; changes: readonly string[] }[], zone: string): Part[] {
  if (versions.length === 0) return [];
  const items = versions.map(
    ({ code, at, changes }) => `${code}, ${inWords(at, zone)}: ${listInWords(changes) || 'submitted'}`,
  );
  return [
    { kind: 'text', text: 'Codes so far', weight: 'strong' },
    { kind: 'list', items },
  ];
}

function diffCard(facts: PlanDiffFacts): Card {
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
      ...section(
        'Not taken',
        facts.refused.map(
          ({ why, count, examples, holders }) =>
            `${counted(count, 'service')} ${REFUSAL_WORDS[why]}${holders.length > 0 ? ` (${holders.join('; ')})` : ''}: ${examples.join(', ')}`,
        ),
      ),
      ...section(
        'Look at these',
        facts.warnings.map(
          ({ why, count, examples }) => `${counted(count, 'service')} ${WARNING_WORDS[why]}: ${examples.join(', ')}`,
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

function ticksCard({ number, sheet, names }: PlanTicksFacts): Card {
  const few = sheet.services <= 40;
  return {
    headline: `Plan ${number}: ${counted(sheet.ticks, 'tick')} for ${counted(sheet.services, 'service')}`,
    tone: 'neutral',
    body: sheet.organisations.flatMap((organisation): Part[] => [
      {
        kind: 'text',
        weight: 'strong',
        text: `${names[organisation.organisation] ?? organisation.organisation}: ${counted(organisation.services, 'service')}, ${counted(organisation.ticks, 'tick')}`,
      },
      {
        kind: 'list',
        items: organisation.sites.flatMap((site) => [
          `${names[site.site] ?? site.site}: ${site.whole ? '1 tick for the whole site' : counted(site.ticks, 'tick')}`,
          ...(few && !site.whole ? site.services.map((one) => `   ${one.serviceId} ${one.name}`) : []),
        ]),
      },
    ]),
    actions: [],
    last: few
      ? 'Tick services, never an organisation'
      : 'Each service is a line of the file. Tick services, never an organisation',
  };
}

function section(title: string, items: readonly string[]): Part[] {
  return items.length === 0
    ? []
    : [
        { kind: 'text', text: title, weight: 'strong' },
        { kind: 'list', items },
      ];
}
