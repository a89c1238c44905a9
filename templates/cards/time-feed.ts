import type { Action, Card } from '../../src/card/card.ts';
import type { HoursFeedFacts } from '../../src/domain/time-answers.ts';

/** The address for a calendar program, and the way to another one. */
export function feedCard(facts: HoursFeedFacts): Card {
  return {
    headline: facts.renewed ? '✔ The link is another one now; the old one finds nothing' : 'The hours in your calendar',
    body: [
      {
        kind: 'text',
        text: 'Add this address in your calendar program as a calendar from the internet. It follows every change:',
      },
      { kind: 'text', text: facts.calendar },
      {
        kind: 'text',
        weight: 'quiet',
        text: 'It shows closed and amber hours, planned e-RS outages, freezes and reserved windows of the next 60 days, to whoever has the link: keep it in the team.',
      },
    ],
    actions: [
      ...pageLink(facts.page),
      {
        kind: 'do',
        label: 'Replace the link',
        verb: 'hours',
        input: { feed: 'feed', renew: 'new' },
        confirm: {
          title: 'Replace the link?',
          text: 'The old one stops working for everybody who has it.',
          yes: 'Replace it',
        },
      },
    ],
  };
}

/** To the week drawn; nothing where it has no address. */
export function pageLink(page: string | null): readonly Action[] {
  return page === null ? [] : [{ kind: 'link', label: 'The week as a page', url: page }];
}
