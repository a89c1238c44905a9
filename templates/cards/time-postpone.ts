import type { Action, Card, Part } from '../../src/card/card.ts';
import type { PostponeFacts } from '../../src/domain/postpone-answers.ts';
import { inWords, spanInWords } from '../../src/kernel/time-words.ts';

/** Where a plan could go instead; or where it went, what that ended, and the notice that is to tell people. */
export function postponeCard(facts: PostponeFacts): Card {
  const { zone, moved, outage } = facts;
  const [window] = facts.windows;
  const now = outage ? spanInWords(outage.from, outage.to, zone) : 'not set';
  return {
    headline: moved ? `✔ Plan ${facts.plan} is postponed: the outage is now ${now}` : `Postpone plan ${facts.plan}?`,
    tone: moved ? 'good' : 'warning',
    body: [
      {
        kind: 'facts',
        facts: [
          ...(moved?.from ? [{ label: 'It was', value: spanInWords(moved.from.from, moved.from.to, zone) }] : []),
          { label: 'Outage', value: now },
          { label: 'Window', value: window ? spanInWords(window.from, window.to, zone) : 'none reserved' },
          {
            label: 'Old PAS answers until',
            value: facts.oldPasUntil ? inWords(facts.oldPasUntil, zone) : 'not said: nothing could be undone',
          },
        ],
      },
      ...(moved ? movedParts(moved) : [text(offer(facts))]),
    ],
    actions: moved ? sendAction(moved) : offers(facts),
  };
}

function movedParts(moved: NonNullable<PostponeFacts['moved']>): Part[] {
  return [
    ...(moved.votes ? [text(`${moved.votes}.`, 'strong')] : []),
    ...(moved.withdrawn.length > 0 ? [text(`Stopped before anybody got them: ${moved.withdrawn.join(', ')}.`)] : []),
    ...(moved.held.length > 0
      ? [text(`Held half-way: ${moved.held.join(', ')}. Those who have it are told by the next notice.`)]
      : []),
    text(
      moved.notice.ready
        ? `Nobody has been told yet. The “${moved.kind}” notice is ready for ${moved.notice.mails.toLocaleString('en-GB')} people.`
        : `No “${moved.kind}” notice goes out yet: ${moved.notice.why}`,
      moved.notice.ready ? 'strong' : undefined,
    ),
  ];
}

function sendAction(moved: NonNullable<PostponeFacts['moved']>): readonly Action[] {
  if (!moved.notice.ready) return [];
  const { code, mails, plan } = moved.notice;
  const about = { kind: moved.kind, ...(plan === null ? {} : { plan: String(plan) }) };
  return [
    {
      kind: 'do',
      label: `Send to ${mails.toLocaleString('en-GB')}`,
      verb: 'send',
      input: { ...about, code },
      style: 'primary',
    },
    { kind: 'do', label: 'Read it first', verb: 'preview', input: about },
  ];
}

function offer(facts: PostponeFacts): string {
  return facts.reserves.length > 0
    ? 'The outage moves by as many days as the window, and the “moved” notice is drafted. Votes on another outage are asked for again.'
    : 'No reserve is left. Choose an opening: the outage moves by as many days, and the “moved” notice is drafted.';
}

function offers(facts: PostponeFacts): readonly Action[] {
  const taken = new Set(facts.windows.map((window) => window.from));
  const choices = [...facts.reserves, ...facts.openings.filter((opening) => !taken.has(opening.from))];
  return choices.slice(0, 4).map(({ from }) => ({
    kind: 'do',
    label: `Move to ${inWords(from, facts.zone)}`,
    verb: 'postpone',
    input: { window: from, plan: String(facts.plan) },
  }));
}

function text(words: string, weight?: 'strong'): Part {
  return weight ? { kind: 'text', text: words, weight } : { kind: 'text', text: words };
}
