import type { Part } from '../../src/card/card.ts';
import type { FixedTime } from '../../src/domain/notice-fixed-times.ts';

/** What to read again because a time was written as it was before the outage changed, and how to write it so that it holds. */
export function fixedTimeParts(times: readonly FixedTime[], lead: string): Part[] {
  const [first] = times;
  if (first === undefined) return [];
  const kind = first.kinds[0] ?? 'extended';
  return [
    { kind: 'text', text: lead, weight: 'strong' },
    { kind: 'list', items: times.map(({ label, said }) => `${label}: “${said.join('”, “')}”`) },
    {
      kind: 'text',
      text: `If one may not hold then, write {outage_end} or {outage_start} in its place, or a text for that notice alone: \`/bsu wording ${kind} ${first.field}="…"\`.`,
      weight: 'quiet',
    },
  ];
}
