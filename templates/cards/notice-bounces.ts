import type { Card } from '../../src/card/card.ts';
import type { BouncesFacts } from '../../src/domain/notice-answers.ts';
import { counted } from '../../src/kernel/time-words.ts';

const SHOWN = 10;

/** What the mails that came back say, worst first. */
export function bouncesCard(facts: BouncesFacts): Card {
  const { bounced } = facts;
  const rest = bounced.length - SHOWN;
  return {
    headline:
      bounced.length === 0
        ? `${counted(facts.mails, 'mail')} read: nobody is newly marked as not reached`
        : `${counted(bounced.length, 'mail')} came back: these were not told`,
    tone: bounced.length === 0 ? 'neutral' : 'warning',
    body: [
      {
        kind: 'list',
        items: [
          ...bounced
            .slice(0, SHOWN)
            .map(
              (one) =>
                `${one.name} (${one.code}, ${one.kind}), notice ${one.reference}: ${one.reply || 'no reason was given'}`,
            ),
          ...(rest > 0 ? [`and ${rest} more, all in the notice's file`] : []),
        ],
      },
      {
        kind: 'facts',
        facts: [
          ...(facts.delivered > 0 ? [{ label: 'Delivered', value: counted(facts.delivered, 'mail') }] : []),
          ...(facts.delayed > 0
            ? [{ label: 'Still being tried', value: `${counted(facts.delayed, 'mail')} by another mail server` }]
            : []),
          ...(facts.unchanged > 0 ? [{ label: 'Nothing new', value: counted(facts.unchanged, 'report') }] : []),
          ...(facts.noReport > 0
            ? [{ label: 'No report', value: `${counted(facts.noReport, 'mail')}, an automatic reply for instance` }]
            : []),
          ...(facts.strange > 0
            ? [{ label: 'Not ours', value: `${counted(facts.strange, 'report')} about mails of another migration` }]
            : []),
        ],
      },
    ],
    actions: [],
  };
}
