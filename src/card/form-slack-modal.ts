import type { Field, Form } from './form.ts';
import { bold, escaped, markdown, packed, plainText } from './slack-text.ts';
import type { SlackBlock, SlackInputBlock, SlackInputElement, SlackModal, SlackOption } from './slack-types.ts';
import { clean, clip, isBlank } from './text.ts';

export const SLACK_FORM_CALLBACK = 'bsu-form';
const VALUE_ACTION = 'value';
const MAX_BLOCKS = 100;
const METADATA_MAX = 3_000;
const TITLE_MAX = 24;

/**
 * The form as a Slack modal. Each field is the block `field:NAME` with the action `value`; what is already known does not travel
 * in the modal unless the caller puts it into `privateMetadata` (at most 3,000 characters, no secret; throws a RangeError beyond).
 */
export function formToSlackModal(form: Form, privateMetadata: string): SlackModal {
  if (privateMetadata.length > METADATA_MAX) throw new RangeError('A Slack modal carries at most 3,000 characters.');
  const blocks = [...introBlocks(form), ...form.fields.flatMap(fieldBlocks)].slice(0, MAX_BLOCKS);
  return {
    type: 'modal',
    callback_id: SLACK_FORM_CALLBACK,
    title: plainText(shortTitle(form.title), TITLE_MAX),
    submit: plainText(form.submit, 24),
    close: plainText('Cancel', 24),
    private_metadata: privateMetadata,
    blocks,
  };
}

/** What is wrong, by block: for `response_action: errors`. Slack keeps what was typed. Empty when only the whole form is at fault. */
export function slackFormErrors(form: Form): Record<string, string> {
  return Object.fromEntries(
    form.fields.flatMap((field) =>
      field.problem === undefined ? [] : [[blockId(field), clip(clean(field.problem), 2_000)]],
    ),
  );
}

/** Of a title that is too long for the bar its first part, where that says something by itself; the whole stands below. */
function shortTitle(title: string): string {
  const whole = clean(title).trim();
  const [part = ''] = whole.split(/[:,;.(]/, 1);
  return whole.length <= TITLE_MAX || part.trim() === '' || part.trim().length > TITLE_MAX ? whole : part.trim();
}

function introBlocks(form: Form): SlackBlock[] {
  const lines = [
    ...(clean(form.title).trim().length > TITLE_MAX ? [bold(form.title)] : []),
    ...(form.problem === undefined ? [] : [`✖ ${escaped(form.problem)}`]),
    ...(form.intro === undefined ? [] : [escaped(form.intro)]),
  ];
  return packed(lines).map((text, at) => ({ type: 'section', block_id: `intro-${at}`, text: markdown(text) }));
}

function fieldBlocks(field: Field): (SlackBlock | SlackInputBlock)[] {
  const problem: SlackBlock[] =
    field.problem === undefined || isBlank(field.problem)
      ? []
      : packed([`✖ ${escaped(field.problem)}`]).map((text, at) => ({
          type: 'section',
          block_id: `problem:${clip(field.name, 200)}-${at}`,
          text: markdown(text),
        }));
  const input: SlackInputBlock = {
    type: 'input',
    block_id: blockId(field),
    label: plainText(field.label, 2_000),
    ...(field.hint === undefined || isBlank(field.hint) ? {} : { hint: plainText(field.hint, 2_000) }),
    optional: field.optional,
    element: elementOf(field),
  };
  return [...problem, input];
}

function blockId(field: Field): string {
  return clip(`field:${field.name}`, 255);
}

function elementOf(field: Field): SlackInputElement {
  switch (field.kind) {
    case 'choice':
      return choice(field) ?? typed(field);
    case 'choices':
      return choices(field) ?? typed(field);
    case 'yes-no':
      return yesNo(field);
    case 'file':
      return { type: 'file_input', action_id: VALUE_ACTION, max_files: 1 };
    case 'date':
      return date(field) ?? typed(field);
    case 'text':
    case 'long-text':
    case 'number':
      return typed(field);
  }
}

/** Numbers are typed too: Slack's number field would lose what is not a number, and the server judges anyway. */
function typed(field: Field): SlackInputElement {
  return {
    type: 'plain_text_input',
    action_id: VALUE_ACTION,
    multiline: field.kind === 'long-text',
    max_length: 3_000,
    ...(field.value ? { initial_value: clip(clean(field.value), 3_000) } : {}),
  };
}

function date(field: Field): SlackInputElement | null {
  if (!field.value) return { type: 'datepicker', action_id: VALUE_ACTION };
  return isDate(field.value) ? { type: 'datepicker', action_id: VALUE_ACTION, initial_date: field.value } : null;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  return !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

function yesNo(field: Field): SlackInputElement {
  const options: SlackOption[] = [
    { text: plainText('Yes', 75), value: 'yes' },
    { text: plainText('No', 75), value: 'no' },
  ];
  const initial = options.find((option) => option.value === field.value);
  return {
    type: 'radio_buttons',
    action_id: VALUE_ACTION,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

function choice(field: Field): SlackInputElement | null {
  const options = optionsOf(field);
  if (options === null || options.length > 10_000) return null;
  const initial = options.find((option) => option.value === field.value);
  const chosen = initial === undefined ? {} : { initial_option: initial };
  if (options.length <= 100) return { type: 'static_select', action_id: VALUE_ACTION, options, ...chosen };
  const groups = Array.from({ length: Math.ceil(options.length / 100) }, (_, at) =>
    options.slice(at * 100, at * 100 + 100),
  );
  const option_groups = groups.map((group) => ({
    label: plainText(`${group[0]?.text.text.slice(0, 30)} to ${group.at(-1)?.text.text.slice(0, 30)}`, 75),
    options: group,
  }));
  return { type: 'static_select', action_id: VALUE_ACTION, option_groups, ...chosen };
}

function choices(field: Field): SlackInputElement | null {
  const options = optionsOf(field);
  if (options === null || options.length > 100) return null;
  const values = new Set((field.value ?? '').split(','));
  const initial = options.filter((option) => values.has(option.value));
  const chosen = initial.length === 0 ? {} : { initial_options: initial };
  return options.length <= 10
    ? { type: 'checkboxes', action_id: VALUE_ACTION, options, ...chosen }
    : { type: 'multi_static_select', action_id: VALUE_ACTION, options, ...chosen };
}

/** Null where Slack cannot show them as options (none, a value too long, two alike): the field is typed instead. */
function optionsOf(field: Field): SlackOption[] | null {
  const options = field.options ?? [];
  const values = new Set(options.map((option) => option.value));
  const showable = options.every(
    (option) => !isBlank(option.value) && option.value.isWellFormed() && option.value.length <= 150,
  );
  if (options.length === 0 || values.size !== options.length || !showable) return null;
  return options.map((option) => ({ text: plainText(option.label, 75), value: option.value }));
}
