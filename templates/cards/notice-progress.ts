import type { Card, Part, Tone } from '../../src/card/card.ts';
import type { NoticeStatus } from '../../src/domain/notice.ts';
import type { NoticeShownFacts } from '../../src/domain/notice-answers.ts';
import { counted, inWords, lengthInWords } from '../../src/kernel/time-words.ts';

/** One notice: what it is, how far it is, what failed, and what can be done about it. */
export function noticeCard(facts: NoticeShownFacts): Card {
  const told = facts.counts.sent + facts.counts.delivered;
  const failed = facts.counts.failed + facts.counts.bounced;
  const settled = told + failed + facts.counts.unknown;
  return {
    headline: headline(facts),
    tone: toneOf(facts, failed),
    body: [
      ...(facts.did === null ? [] : [{ kind: 'text' as const, text: facts.did, weight: 'strong' as const }]),
      ...(facts.heldWhy === null ? [] : [{ kind: 'text' as const, text: facts.heldWhy, weight: 'strong' as const }]),
      ...(facts.status === 'sending' || facts.status === 'held'
        ? [{ kind: 'progress' as const, done: settled, of: facts.total, text: restWords(facts, settled) }]
        : []),
      {
        kind: 'facts',
        facts: [
          { label: startLabel(facts.status), value: inWords(facts.dueAt, facts.zone) },
          ...(facts.test ? [] : [{ label: 'Told', value: toldWords(facts) }]),
          ...(failed > 0 ? [{ label: 'Failed', value: counted(failed, 'mail') }] : []),
          ...(facts.counts.unknown > 0
            ? [{ label: 'Unknown', value: `${counted(facts.counts.unknown, 'mail')} that may have arrived` }]
            : []),
          ...(facts.finishedAt === null ? [] : [{ label: 'Finished', value: inWords(facts.finishedAt, facts.zone) }]),
        ],
      },
      ...problemLines(facts, failed + facts.counts.unknown),
    ],
    actions: actionsOf(facts),
  };
}

const STATUS_WORDS: Readonly<Record<NoticeStatus, string>> = {
  scheduled: 'scheduled',
  sending: 'going out',
  held: 'on hold',
  finished: 'sent',
  withdrawn: 'withdrawn',
};

function headline(facts: NoticeShownFacts): string {
  const what = facts.test ? 'Test of a notice' : `Notice ${facts.reference}`;
  return `${what} · ${facts.what} · ${STATUS_WORDS[facts.status]}`;
}

function toneOf(facts: NoticeShownFacts, failed: number): Tone {
  if (facts.status === 'held' || failed + facts.counts.unknown > 0) return 'warning';
  if (facts.status === 'sending') return 'progress';
  return facts.status === 'finished' ? 'good' : 'neutral';
}

function toldWords({ commissioners, referrers }: NoticeShownFacts): string {
  const boards = `${commissioners.told} of ${counted(commissioners.total, 'commissioner')}`;
  return `${boards}, ${referrers.told.toLocaleString('en-GB')} of ${counted(referrers.total, 'referrer')}`;
}

function restWords(facts: NoticeShownFacts, settled: number): string {
  const left = facts.total - settled;
  if (facts.status === 'held') return `${counted(left, 'mail')} held back`;
  if (facts.mailsPerMinute === null) return `${counted(left, 'mail')} left`;
  return `${counted(left, 'mail')} left, about ${lengthInWords((left * 60) / facts.mailsPerMinute)}`;
}

function problemLines(facts: NoticeShownFacts, all: number): Part[] {
  if (facts.problems.length === 0) return [];
  const items = facts.problems.map((one) => `${one.name} (${one.code}): ${one.status}. ${one.reply}`);
  const rest = all - facts.problems.length;
  return [{ kind: 'list', items: rest > 0 ? [...items, `and ${rest} more, all in the file`] : items }];
}

function actionsOf(facts: NoticeShownFacts): Card['actions'] {
  const input = { notice: String(facts.id) };
  const actions: Card['actions'][number][] = [];
  if (!facts.test && (facts.status === 'scheduled' || facts.status === 'sending')) {
    actions.push({ kind: 'do', label: 'Hold', verb: 'hold', input: { ...input, what: 'on' } });
  }
  if (facts.status === 'held') {
    actions.push({ kind: 'do', label: 'Let it go on', verb: 'hold', input: { ...input, what: 'off' } });
  }
  if (!facts.test && facts.resendable > 0) {
    actions.push({
      kind: 'do',
      label: `Send again to ${facts.resendable}`,
      verb: 'resend',
      input: { ...input, what: 'failed' },
    });
  }
  if (!facts.test && facts.problems.length > 0) {
    actions.push({ kind: 'do', label: 'See all that failed', verb: 'notices', input });
    actions.push({ kind: 'do', label: 'Telephone tasks', verb: 'calls', input: {} });
  }
  if (facts.pageUrl !== null) actions.push({ kind: 'link', label: "The notice's page", url: facts.pageUrl });
  return actions;
}

/** What the due time is of a notice in this state. */
function startLabel(status: NoticeShownFacts['status']): string {
  if (status === 'scheduled') return 'Goes out';
  return status === 'withdrawn' ? 'Was due' : 'Began';
}
