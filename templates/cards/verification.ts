import type { Action, Card, Part } from '../../src/card/card.ts';
import type { TestState } from '../../src/domain/verification.ts';
import type {
  PollsFacts,
  TestLine,
  VerificationAnswers,
  VerificationFacts,
} from '../../src/domain/verification-answers.ts';
import { clockInWords, counted } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';
import { lateFacts } from './late.ts';
import { standingParts } from './time-standing.ts';

export const verificationCards = {
  'verification.shown': verificationCard,
  'polls.shown': pollsCard,
} satisfies CardsFor<VerificationAnswers>;

function verificationCard(facts: VerificationFacts): Card {
  const { quorum, last } = facts;
  const plan = String(facts.plan);
  const isOver = facts.state === 'completed';
  return {
    headline: headline(facts),
    tone: isOver
      ? 'good'
      : facts.waiting.some((test) => test.state === 'failed')
        ? 'stop'
        : quorum.ok
          ? 'good'
          : 'progress',
    body: [
      ...(isOver ? [] : standingParts(facts.standing)),
      ...(facts.notice ? [text(facts.notice, 'strong')] : []),
      {
        kind: 'progress',
        done: facts.passed,
        of: facts.tests,
        text: `${facts.passed} of ${counted(facts.tests, 'test')} settled`,
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Slot polls', value: `${facts.pollsSeen} of ${facts.polls} seen` },
          {
            label: 'Services',
            value: `${quorum.servicesDone} with all three scenarios, ${quorum.servicesNeeded} needed`,
          },
          {
            label: 'Sites',
            value: `${quorum.sitesDone} of ${quorum.sites}: ${facts.bySite.map((site) => `${site.site} ${site.done} of ${site.services}`).join(', ')}`,
          },
          ...(isOver && facts.testers.every(({ name }) => name === null)
            ? []
            : [{ label: 'Testers', value: testerWords(facts) }]),
          ...lateFacts(facts),
          ...(facts.mornings.length > 0 ? [{ label: 'Slots the morning after', value: morningWords(facts) }] : []),
          ...(facts.closing.length > 0 && !isOver
            ? [{ label: 'Still to close', value: facts.closing.join('; ') }]
            : []),
        ],
      },
      ...testTable(facts),
      ...(facts.accepted.length > 0
        ? [
            {
              kind: 'list' as const,
              items: facts.accepted.map(
                (test) => `Accepted: ${test.serviceId} ${test.what}: ${test.reason} (${test.by})`,
              ),
            },
          ]
        : []),
      ...(!isOver && quorum.ok && facts.closing.length === 0
        ? [text('Quorum and polls are met: the e-RS lead can complete the plan.', 'strong')]
        : []),
    ],
    actions: isOver
      ? []
      : [
          { kind: 'do', label: 'Record a test', verb: 'verify', input: { plan, scenario: 'all' } },
          ...(facts.testers.some(({ name }) => name === null)
            ? [{ kind: 'do' as const, label: 'I test the rest', verb: 'verify', input: { plan, tester: 'me' } }]
            : []),
          { kind: 'do', label: 'Slot polls', verb: 'polls', input: { plan } },
          ...(hasFailed(facts) ? waysOn(plan) : [completing(plan, quorum.ok && facts.closing.length === 0)]),
        ],
    ...(last ? { last: `last: ${last.by}, ${last.what}, ${clockInWords(last.at, facts.zone)}` } : {}),
  };
}

function testerWords({ testers }: VerificationFacts): string {
  return testers.map(({ name, services }) => `${name ?? 'nobody yet'}: ${counted(services, 'service')}`).join(', ');
}

function morningWords({ mornings, morningsOpen, zone }: VerificationFacts): string {
  const said = mornings.map(
    ({ site, arrived, note, by, at }) =>
      `${arrived ? '✔' : '✖'} ${site} ${arrived ? 'arrived' : `none${note ? ` (${note})` : ''}`}: ${by}, ${clockInWords(at, zone)}`,
  );
  return [...said, ...(morningsOpen.length > 0 ? [`no answer yet: ${morningsOpen.join(', ')}`] : [])].join('; ');
}

function hasFailed({ waiting }: VerificationFacts): boolean {
  return waiting.some((test) => test.state === 'failed');
}

/** A failed test locks "completed" and offers its ways on (rule 25); each verb says itself when it is not possible any more. */
function waysOn(plan: string): Action[] {
  return [
    { kind: 'do', label: 'Undo…', verb: 'undo', input: { plan } },
    { kind: 'do', label: 'By hand', verb: 'manual', input: {} },
    { kind: 'do', label: 'Accept…', verb: 'accept', input: { plan } },
  ];
}

function completing(plan: string, ready: boolean): Action {
  const action = { kind: 'do', label: 'Complete', verb: 'complete', input: { plan } } as const;
  return ready ? { ...action, style: 'primary' } : action;
}

function headline(facts: VerificationFacts): string {
  if (facts.state === 'completed') return `✔ Plan ${facts.plan} is completed: the new system is verified`;
  const failed = facts.waiting.filter((test) => test.state === 'failed').length;
  if (failed > 0) return `✖ Verifying plan ${facts.plan} · ${counted(failed, 'test')} failed`;
  return `Verifying plan ${facts.plan} · ${facts.passed} of ${facts.tests} tests · ${facts.pollsSeen} of ${facts.polls} polls`;
}

const STATES = {
  open: '… open',
  half: '… one of two marks',
  passed: '✔ passed',
  failed: '✖ failed',
  'could-not': '… could not be tested',
  accepted: '✔ accepted',
} as const satisfies Record<TestState, string>;

function testTable(facts: VerificationFacts): Part[] {
  if (facts.waiting.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: ['Service', 'Site', 'Tester', 'Scenario', 'State', 'Who'],
      rows: facts.waiting.map((test) => [
        `${test.serviceId} ${test.name}`,
        test.site,
        test.tester ?? 'nobody yet',
        test.what,
        stateText(test),
        test.by && test.at
          ? `${test.by}, ${clockInWords(test.at, facts.zone)}${test.reference ? `, ${test.reference}` : ''}`
          : '',
      ]),
    },
    ...(facts.waitingMore > 0 ? [text(`And ${counted(facts.waitingMore, 'more test')}.`, 'quiet')] : []),
  ];
}

function stateText(test: TestLine): string {
  const seen = test.seen.length > 0 ? ` (${test.seen.join(', ')})` : '';
  return `${STATES[test.state]}${seen}${test.reason ? `: ${test.reason}` : ''}`;
}

function pollsCard(facts: PollsFacts): Card {
  const plan = String(facts.plan);
  const open = facts.total - facts.seen;
  return {
    headline:
      open === 0
        ? `✔ Plan ${facts.plan}: slots seen at all ${counted(facts.total, 'service')}`
        : `Plan ${facts.plan}: slots seen at ${facts.seen} of ${counted(facts.total, 'service')}`,
    tone: open === 0 ? 'good' : facts.lines.some((line) => line.problem) ? 'warning' : 'progress',
    body: [
      ...(facts.notice ? [text(facts.notice, 'strong')] : []),
      ...(open > 0
        ? [
            text(
              'No slots arrive by themselves until the next night: a service definer polls each of these by hand in e-RS, and looks for slots.',
            ),
          ]
        : []),
      {
        kind: 'table',
        columns: ['Service', 'Site', 'Why', 'Owner', 'Slots'],
        rows: facts.lines.map((line) => [
          `${line.serviceId} ${line.name}`,
          line.site,
          line.why,
          line.owner ?? 'nobody yet',
          line.seenAt && line.seenBy
            ? `✔ seen ${clockInWords(line.seenAt, facts.zone)} (${line.seenBy})`
            : line.problem
              ? `✖ ${line.problem}`
              : '… not yet',
        ]),
      },
      ...(facts.more > 0 ? [text(`And ${counted(facts.more, 'more service')}.`, 'quiet')] : []),
      ...(facts.late.count > 0 ? [{ kind: 'facts' as const, facts: lateFacts(facts) }] : []),
    ],
    actions:
      open === 0
        ? []
        : [
            {
              kind: 'do',
              label: `Slots seen at all ${open}`,
              verb: 'polls',
              input: { what: 'seen', services: 'all', plan },
              style: 'primary',
              confirm: {
                title: 'Slots seen',
                text: `Did you see slots at every one of these ${counted(open, 'service')}?`,
                yes: 'Yes, at all',
              },
            },
            { kind: 'do', label: 'Slots seen at some', verb: 'polls', input: { what: 'seen', plan } },
            { kind: 'do', label: 'I take them all', verb: 'polls', input: { what: 'claim', services: 'all', plan } },
            { kind: 'do', label: 'No slots', verb: 'polls', input: { what: 'none', plan } },
          ],
  };
}

function text(words: string, weight?: 'strong' | 'quiet'): Part {
  return weight ? { kind: 'text', text: words, weight } : { kind: 'text', text: words };
}
