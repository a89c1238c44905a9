import type { Action, Card, Part } from '../../src/card/card.ts';
import type { PlanState } from '../../src/domain/plan.ts';
import type { PlanAnswers, PlanFacts } from '../../src/domain/plan-answers.ts';
import { firstInWords, listInWords } from '../../src/kernel/list-words.ts';
import { counted, inWords, spanInWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';
import { comparisonCard } from './plan-comparison.ts';
import { diffCard, ticksCard, titled } from './plan-diff.ts';
import { screenCard } from './plan-ticks.ts';
import { wavesCard } from './plan-waves.ts';
import { differenceCard, wholeCard } from './plan-whole.ts';
import {
  noticeInWords,
  planName,
  sitesInWords,
  stateInWords,
  votesInWords,
  WARNING_WORDS,
  windowInWords,
} from './plan-words.ts';
import { standingParts } from './time-standing.ts';

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
  'plan.whole': wholeCard,
  'plan.difference': differenceCard,
  'plan.ticks': ticksCard,
  'plan.waiting': ({ number }) => ({
    headline: `You are told when plan ${number} lets its services go`,
    tone: 'good',
    body: [],
    actions: [],
  }),
  'plan.screen': screenCard,
  'plan.compared': comparisonCard,
  'plan.waves': wavesCard,
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
    tone: facts.standing.length > 0 ? 'stop' : TONES[facts.state],
    body: [
      ...standingParts(facts.standing),
      {
        kind: 'text',
        weight: 'strong',
        text: `${counted(facts.services, 'service')} at ${counted(facts.sites.length, 'site')} ${facts.services === 1 ? 'moves' : 'move'} from ${listInWords(facts.fromAsids)} to ${facts.toAsid}${organisation}`,
      },
      { kind: 'text', text: sitesInWords(facts.sites) },
      { kind: 'facts', facts: lines(facts) },
      ...titled('What changed before this code', facts.changes),
      ...titled('To do before it can be submitted', facts.blockers),
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
  const roles = listInWords(needed.map(({ words, count }) => counted(count, words)));
  return couldVote.length > 0
    ? `${roles} (${firstInWords(couldVote)})`
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
      {
        kind: 'do',
        label: 'Reject…',
        verb: 'reject',
        input: bound,
        style: 'danger',
        ask: { name: 'reason', label: 'Why', hint: 'What should be different' },
      },
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
  // Votes may lapse after the approval: then they are asked for again.
  const state = facts.state === 'approved' && facts.needed.length > 0 ? 'submitted' : facts.state;
  return byState[state] ?? [];
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
