import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Form } from '../../src/card/form.ts';
import { adaptiveFormInput, formToAdaptiveCard } from '../../src/card/form-adaptive-card.ts';
import { slackFormInput } from '../../src/card/form-slack-input.ts';
import { formToSlackModal, slackFormErrors } from '../../src/card/form-slack-modal.ts';
import { anyForm } from '../support/card-arbitraries.ts';
import { slackModalFaults } from '../support/slack-limits.ts';

const form: Form = {
  verb: 'outage',
  title: 'When is the old PAS off?',
  intro: 'Times are in Europe/London.',
  given: { migration: '1' },
  submit: 'Save',
  fields: [
    { name: 'from', label: 'Old PAS off', kind: 'date', optional: false, value: '2026-12-08' },
    {
      name: 'services',
      label: 'How many services',
      kind: 'number',
      optional: true,
      value: 'about 12',
      problem: 'Enter a number.',
    },
    {
      name: 'site',
      label: 'Site',
      kind: 'choice',
      optional: false,
      options: [{ value: 'XDH01', label: 'City Hospital' }],
      value: 'XDH01',
    },
    { name: 'confirm', label: 'Is it agreed?', kind: 'yes-no', optional: false, value: 'no' },
  ],
};

it('draws a form as a Slack modal that keeps what was typed, even where it is wrong', () => {
  const modal = formToSlackModal(form, '{"verb":"outage"}');
  expect(slackModalFaults(modal)).toEqual([]);
  const text = JSON.stringify(modal);
  expect(text).toContain('"initial_date":"2026-12-08"');
  expect(text).toContain('"initial_value":"about 12"');
  expect(text).toContain('✖ Enter a number.');
  expect(slackFormErrors(form)).toEqual({ 'field:services': 'Enter a number.' });
});

it('a title too long for the bar is cut where it says something, and stands whole below', () => {
  const long = { ...form, title: 'Read a file: the services extract, a supplement, an ODS list' };
  const modal = formToSlackModal(long, '{}');
  expect(modal.title.text).toBe('Read a file');
  expect(JSON.stringify(modal.blocks)).toContain(long.title);
});

it('stays within every limit of a Slack modal for any form', () => {
  fc.assert(
    fc.property(anyForm, (any) => {
      expect(slackModalFaults(formToSlackModal(any, '{}'))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('refuses private metadata that Slack would refuse', () => {
  expect(() => formToSlackModal(form, 'x'.repeat(3_001))).toThrow(RangeError);
});

it('reads the values of a submitted Slack modal, of every kind of field', () => {
  const values = {
    'field:text': { value: { type: 'plain_text_input', value: 'words' } },
    'field:empty': { value: { type: 'plain_text_input', value: null } },
    'field:from': { value: { type: 'datepicker', selected_date: '2026-12-08' } },
    'field:site': { value: { type: 'static_select', selected_option: { value: 'XDH01' } } },
    'field:sites': { value: { type: 'checkboxes', selected_options: [{ value: 'a' }, { value: 'b' }] } },
    'field:file': { value: { type: 'file_input', files: [{ id: 'F1' }] } },
    other: { value: { value: 'not ours' } },
  };
  expect(slackFormInput(values)).toEqual({
    text: 'words',
    from: '2026-12-08',
    site: 'XDH01',
    sites: 'a,b',
    file: 'F1',
  });
  expect(slackFormInput(null)).toEqual({});
});

it('sends the given values and the typed ones together from an Adaptive Card form', () => {
  const [submit] = formToAdaptiveCard(form).actions;
  if (submit?.type !== 'Action.Execute') throw new Error('The form has no button.');
  const sent = { ...submit.data, 'field.from': '2026-12-09', 'field.services': 12 };
  expect(adaptiveFormInput(sent)).toEqual({
    verb: 'outage',
    input: { migration: '1', from: '2026-12-09', services: '12' },
  });
  expect(adaptiveFormInput({ other: 1 })).toBeNull();
});
