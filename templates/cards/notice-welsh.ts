import type { Card, Part } from '../../src/card/card.ts';
import type { WelshFacts } from '../../src/domain/notice-welsh-answers.ts';
import { counted } from '../../src/kernel/time-words.ts';

/** How far the Welsh is, what came back from the translators, and who would get it. */
export function welshCard(facts: WelshFacts): Card {
  return {
    headline: headlineOf(facts),
    tone: facts.marked > 0 && facts.englishOnly === null && facts.missing > 0 ? 'warning' : 'neutral',
    body: [
      ...readParts(facts.read),
      {
        kind: 'facts',
        facts: [
          { label: 'Marked for Welsh', value: counted(facts.marked, 'mailbox', 'mailboxes') },
          ...(facts.inWales > 0
            ? [
                {
                  label: 'In Wales by their codes',
                  value: `${counted(facts.inWales, 'practice')}, not marked: ask them`,
                },
              ]
            : []),
          ...(facts.outdated > 0
            ? [{ label: 'For an earlier English', value: `${counted(facts.outdated, 'text')}: they count no more` }]
            : []),
          ...(facts.englishOnly === null ? [] : [{ label: 'English only', value: facts.englishOnly }]),
        ],
      },
      {
        kind: 'text',
        text: 'Changeover writes no Welsh: the words are your translators’. The file has every text with its English; fill in its column welsh, save it as CSV UTF-8, and upload it. Names in braces stay as they are. Nobody gets half a notice: while a text is missing, nothing goes to anybody as long as somebody is marked for Welsh.',
        weight: 'quiet',
      },
    ],
    actions: [],
  };
}

function headlineOf({ needed, missing, englishOnly }: WelshFacts): string {
  if (englishOnly !== null) return 'Notices go out in English only';
  if (missing === 0) return `All ${counted(needed, 'text')} of the notices have Welsh words`;
  return `${missing} of ${counted(needed, 'text')} of the notices have no Welsh words yet`;
}

function readParts(read: WelshFacts['read']): Part[] {
  if (read === null) return [];
  const said = [
    `${counted(read.kept, 'text')} read`,
    ...(read.wrong > 0 ? [`${read.wrong} wrong and left out, see the file`] : []),
    ...(read.blank > 0 ? [`${read.blank} blank`] : []),
    ...(read.takenBack > 0 ? [`${read.takenBack} taken back`] : []),
  ];
  return [
    { kind: 'text', text: `${said.join('; ')}.`, weight: 'strong' },
    ...(read.first.length === 0
      ? []
      : [{ kind: 'list' as const, items: read.first.map((one) => `Line ${one.line}, ${one.key}: ${one.words}`) }]),
  ];
}
