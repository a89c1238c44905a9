import { element } from './element.js';

/** One field of a form in the NHS look, with its hint, what was typed before, and what is wrong with it. */
export function drawField(field) {
  const id = `field-${field.name}`;
  const hint = field.hint ? element('div', { class: 'nhsuk-hint', id: `${id}-hint`, text: field.hint }) : null;
  const error = field.problem ? problem(id, field.problem) : null;
  const described = [hint?.id, error?.id].filter(Boolean).join(' ') || null;
  const label = field.optional ? `${field.label} (optional)` : field.label;
  const group = `nhsuk-form-group${error ? ' nhsuk-form-group--error' : ''}`;
  if (isListed(field)) {
    const legend = element('legend', { class: 'nhsuk-fieldset__legend nhsuk-fieldset__legend--s', text: label });
    const set = element(
      'fieldset',
      { class: 'nhsuk-fieldset', 'aria-describedby': described },
      legend,
      hint,
      error,
      choices(field, id),
    );
    return element('div', { class: group }, set);
  }
  return element(
    'div',
    { class: group },
    element('label', { class: 'nhsuk-label nhsuk-u-font-weight-bold', for: id, text: label }),
    hint,
    error,
    control(field, id, described),
  );
}

/** What was typed into the form: field name to text; files stay files. */
export function readFields(form, fields) {
  const typed = {};
  for (const field of fields) {
    const data = new FormData(form);
    const values = data.getAll(field.name);
    if (field.kind === 'file') {
      const file = values[0];
      if (file instanceof File && file.size > 0) typed[field.name] = file;
    } else typed[field.name] = values.join(',');
  }
  return typed;
}

function isListed(field) {
  const few = (field.options ?? []).length > 0 && field.options.length <= 6;
  return (
    field.kind === 'yes-no' ||
    (field.kind === 'choices' && (field.options ?? []).length > 0) ||
    (field.kind === 'choice' && few)
  );
}

function problem(id, text) {
  const before = element('span', { class: 'nhsuk-u-visually-hidden', text: 'Error: ' });
  return element('span', { class: 'nhsuk-error-message', id: `${id}-error` }, before, text);
}

function choices(field, id) {
  const many = field.kind === 'choices';
  const options = field.kind === 'yes-no' ? YES_NO : field.options;
  const chosen = new Set(many ? (field.value ?? '').split(',') : [field.value]);
  const kind = many ? 'checkboxes' : 'radios';
  const items = options.map((option, at) => {
    const input = element('input', {
      class: `nhsuk-${kind}__input`,
      type: many ? 'checkbox' : 'radio',
      id: at === 0 ? id : `${id}-${at}`,
      name: field.name,
      value: option.value,
      checked: chosen.has(option.value),
    });
    const label = element('label', { class: `nhsuk-label nhsuk-${kind}__label`, for: input.id, text: option.label });
    return element('div', { class: `nhsuk-${kind}__item` }, input, label);
  });
  return element('div', { class: `nhsuk-${kind} nhsuk-${kind}--small` }, ...items);
}

function control(field, id, described) {
  const common = { id, name: field.name, 'aria-describedby': described, 'aria-invalid': field.problem ? 'true' : null };
  const wrong = field.problem ? ' nhsuk-input--error' : '';
  if (field.kind === 'choice' && field.options?.length > 0) return select(field, common);
  if (field.kind === 'long-text') {
    return element('textarea', { ...common, class: `nhsuk-textarea${wrong}`, rows: '4', text: field.value ?? '' });
  }
  if (field.kind === 'file') return element('input', { ...common, class: 'form-dialog__file', type: 'file' });
  const numeric = field.kind === 'number' ? { inputmode: 'numeric' } : {};
  const asDate = field.kind === 'date' && (!field.value || /^\d{4}-\d{2}-\d{2}$/.test(field.value));
  const type = asDate ? 'date' : 'text';
  return element('input', { ...common, ...numeric, class: `nhsuk-input${wrong}`, type, value: field.value ?? null });
}

function select(field, common) {
  const none = element('option', { value: '', text: 'Choose' });
  const options = field.options.map(({ value, label }) =>
    element('option', { value, text: label, selected: value === field.value }),
  );
  return element('select', { ...common, class: 'nhsuk-select' }, none, ...options);
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];
