import { toAdaptiveCard } from '../../src/card/adaptive-card.ts';
import type { AdaptiveCard } from '../../src/card/adaptive-types.ts';
import { formToAdaptiveCard } from '../../src/card/form-adaptive-card.ts';
import { formToSlackModal } from '../../src/card/form-slack-modal.ts';
import { toSlackBlocks } from '../../src/card/slack-blocks.ts';
import type { SlackBlock, SlackInputBlock } from '../../src/card/slack-types.ts';
import type { Answers } from '../../src/domain/answers.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { cardOf, refusalCard } from '../../templates/cards/index.ts';
import { formSamples } from '../support/card-samples/forms.ts';
import { cardSamples } from '../support/card-samples/index.ts';
import { intakeSamples } from '../support/card-samples/intake.ts';
import { noticeSamples } from '../support/card-samples/notices.ts';
import { planSamples } from '../support/card-samples/plan.ts';
import { recordSamples } from '../support/card-samples/record.ts';
import { refusalSamples } from '../support/card-samples/refusals.ts';
import { runSamples } from '../support/card-samples/run.ts';
import type { SamplesFor } from '../support/card-samples/samples-for.ts';
import { timeSamples } from '../support/card-samples/time.ts';
import { verificationSamples } from '../support/card-samples/verification.ts';

/** One picture: cards that belong together, as each platform gets them. */
export interface Sheet {
  readonly name: string;
  readonly title: string;
  readonly cards: readonly SheetCard[];
}

export interface SheetCard {
  readonly what: string;
  /** The answer's or refusal's code, or the form's verb. */
  readonly code: string;
  readonly teams: AdaptiveCard;
  readonly slack: readonly (SlackBlock | SlackInputBlock)[];
}

export const sheets: readonly Sheet[] = [
  { name: 'plan', title: 'Plan and approve', cards: answersOf(planSamples) },
  { name: 'time', title: 'Time: hours, outages, windows, the go', cards: answersOf(timeSamples) },
  { name: 'run', title: 'The run', cards: answersOf(runSamples) },
  { name: 'verification', title: 'After go-live', cards: answersOf({ ...verificationSamples, ...recordSamples }) },
  { name: 'notices', title: 'Telling people', cards: answersOf(noticeSamples) },
  { name: 'intake', title: 'Files', cards: answersOf(intakeSamples) },
  { name: 'installation', title: 'People, settings, the record', cards: answersOf(rest()) },
  { name: 'refusals', title: 'Refusals', cards: refusalSamples.map(refused) },
  { name: 'forms', title: 'Forms (dialogs in Teams, modals in Slack)', cards: formSamples.map(asked) },
];

/** Whatever stands in no other picture. */
function rest(): Partial<SamplesFor<Answers>> {
  const others = [planSamples, timeSamples, runSamples, verificationSamples, noticeSamples, intakeSamples].flatMap(
    Object.keys,
  );
  return Object.fromEntries(Object.entries(cardSamples).filter(([code]) => !others.includes(code)));
}

function answersOf(samples: Partial<SamplesFor<Answers>>): SheetCard[] {
  return Object.entries(samples).flatMap(([code, list]) =>
    list.map(({ what, facts, next = [] }) => {
      const card = cardOf({ code: code as keyof Answers, facts, next });
      return { what, code, teams: toAdaptiveCard(card), slack: toSlackBlocks(card) };
    }),
  );
}

function refused({ what, refusal: { code, message, ...more } }: (typeof refusalSamples)[number]): SheetCard {
  const card = refusalCard(new Refusal(code, message, more));
  return { what, code, teams: toAdaptiveCard(card), slack: toSlackBlocks(card) };
}

function asked({ what, form }: (typeof formSamples)[number]): SheetCard {
  return { what, code: form.verb, teams: formToAdaptiveCard(form), slack: formToSlackModal(form, '{}').blocks };
}

/** docs/cards.md: which card is in which picture. */
export function cardsIndex(): string {
  return `# The cards in pictures

Every answer of Changeover is one neutral card, drawn for each platform. Here is each of them with sample facts, and some of the
refusals and forms: ${sheets.reduce((sum, sheet) => sum + sheet.cards.length, 0)} in all. \`npm run card-pictures\` draws them again; a test holds this list equal to the answers that the verbs can give.

The Teams pictures are drawn by Microsoft's own renderer (\`adaptivecards\`) with the light colours of Teams. For Slack there is no
renderer to install: those pictures are our own plain drawing of the blocks that are sent, to be read for what stands where, not for Slack's looks.
${sheets.map(section).join('\n')}`;
}

function section({ name, title, cards }: Sheet): string {
  return `
## ${title}

| What | Code |
|---|---|
${cards.map(({ what, code }) => `| ${what} | \`${code}\` |`).join('\n')}

In Teams:

![${title}: cards in Microsoft Teams](pictures/cards-teams-${name}.png)

In Slack:

![${title}: cards in Slack](pictures/cards-slack-${name}.png)
`;
}
