import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { toAdaptiveCard } from '../../src/card/adaptive-card.ts';
import type { AdaptiveAction, AdaptiveCard } from '../../src/card/adaptive-types.ts';
import { formToAdaptiveCard } from '../../src/card/form-adaptive-card.ts';
import { formOpener, inDialog, withWayBack } from '../../src/card/form-dialog.ts';
import { refreshData, refreshedSubject } from '../../src/card/refresh.ts';
import { sheets } from '../pictures/sheets.ts';
import { anyCard, anyForm } from '../support/card-arbitraries.ts';
import { teamsCardFaults } from '../support/teams-limits.ts';

const all = (actions: readonly AdaptiveAction[]): AdaptiveAction[] =>
  actions.flatMap((action) => (action.type === 'Action.ShowCard' ? [action, ...all(action.card.actions)] : [action]));

it('the card that opens a form keeps the limits, for any form', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      expect(teamsCardFaults(formOpener(form, 'plan:1'))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('a dialog has no button that a dialog does not know, and nothing of it refreshes', () => {
  fc.assert(
    fc.property(anyCard, anyForm, (card, form) => {
      for (const one of [toAdaptiveCard(card, { subject: 'plan:1', userIds: ['29:1'] }), formToAdaptiveCard(form)]) {
        const dialog = inDialog(one);
        expect(dialog.refresh).toBeUndefined();
        expect(all(dialog.actions).filter(({ type }) => type === 'Action.Execute')).toEqual([]);
        expect(all(dialog.actions)).toHaveLength(all(one.actions).length);
      }
    }),
    { numRuns: 100 },
  );
});

it('with a way back there are still at most five buttons, and the last one, which may be a file, stays', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const drawn = toAdaptiveCard(card);
      const back = withWayBack(drawn, 'run:7');
      expect(back.actions.length).toBeLessThanOrEqual(5);
      expect(back.actions.at(-1)).toMatchObject({ data: refreshData('run:7') });
      if (drawn.actions.length > 0) expect(back.actions.at(-2)).toEqual(drawn.actions.at(-1));
    }),
    { numRuns: 100 },
  );
});

it('no button sends a name that the Teams SDK keeps for itself', () => {
  const cards = (
    card: Parameters<typeof toAdaptiveCard>[0],
    form: Parameters<typeof formToAdaptiveCard>[0],
  ): AdaptiveCard[] => [
    toAdaptiveCard(card, { subject: 'plan:1', userIds: ['29:1'] }),
    formToAdaptiveCard(form, 'plan:1'),
    formOpener(form, 'plan:1'),
  ];
  fc.assert(
    fc.property(anyCard, anyForm, (card, form) => {
      for (const action of cards(card, form).flatMap(({ actions }) => all(actions))) {
        if (!('data' in action)) continue;
        expect(Object.keys(action.data)).not.toEqual(expect.arrayContaining(['action']));
        expect(Object.keys(action.data)).not.toEqual(expect.arrayContaining(['dialog_id']));
      }
    }),
    { numRuns: 100 },
  );
});

it('a refresh is told from every other button', () => {
  const { verb, input } = refreshData('plan:12');
  expect(refreshedSubject(verb, input)).toBe('plan:12');
  expect(refreshedSubject('show', input)).toBeNull();
  expect(commands.map((command) => command.verb)).not.toContain(verb);
});

it('what is asked for beside a button is a field of its verb', () => {
  const forms = sheets.flatMap(({ cards }) => cards).flatMap(({ teams }) => all(teams.actions));
  const asking = forms
    .filter((action) => action.type === 'Action.Execute')
    .filter(({ data }) => data.form !== undefined);
  for (const { data } of asking) {
    const fields = Object.keys(commands.find(({ verb }) => verb === data.verb)?.input.shape ?? {});
    expect(fields, data.verb).toEqual(expect.arrayContaining(data.form?.split(',') ?? []));
  }
  expect(new Set(asking.map(({ data }) => data.verb)).size).toBeGreaterThanOrEqual(3);
});
