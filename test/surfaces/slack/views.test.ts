import fc from 'fast-check';
import { expect, it } from 'vitest';
import { privately } from '../../../src/surfaces/slack/responder.ts';
import { cardView, formView, homeView, workingView } from '../../../src/surfaces/slack/views.ts';
import { anyCard, anyForm } from '../../support/card-arbitraries.ts';
import { slackMessageFaults, slackViewFaults } from '../../support/slack-limits.ts';

const channel = 'C0123456789';

it('any card keeps Slack’s limits in a modal, in the home tab and as a private answer', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      expect(slackViewFaults(cardView(card, channel))).toEqual([]);
      expect(slackViewFaults(homeView(card))).toEqual([]);
      const { text, blocks = [] } = privately(card);
      expect(slackMessageFaults({ text, blocks })).toEqual([]);
    }),
    { numRuns: 200 },
  );
  expect(slackViewFaults(workingView(channel))).toEqual([]);
});

it('any form keeps them too, or is refused with a sentence', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      let view: unknown;
      try {
        view = formView(form, channel);
      } catch (error) {
        expect(error).toMatchObject({ code: 'too-long' });
        return;
      }
      expect(slackViewFaults(view)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
