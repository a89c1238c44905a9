import { me, post, send } from './api.js';
import { byId, element } from './element.js';
import { drawField, readFields } from './fields.js';

const dialog = byId('dialog');
let backTo = null;

/**
 * Draws a verb's form as a dialog. It stays open, with everything that was typed, until the verb has what it needs;
 * `took(outcome)` is called when it is done.
 */
export function openForm(form, took) {
  const again = dialog.open;
  if (!again) backTo = document.activeElement;
  draw(form, took, again);
  if (!again) dialog.showModal();
  const first = ['.nhsuk-error-summary', '[aria-invalid]', 'input, select, textarea'];
  const place = first.map((what) => dialog.querySelector(what)).find((found) => found !== null);
  place?.focus();
}

dialog.addEventListener('close', () => backTo?.focus?.());

function draw(form, took, again) {
  const title = element('h2', { class: 'nhsuk-heading-m', id: 'dialog-title', text: form.title });
  const intro = form.intro ? element('p', { text: form.intro }) : null;
  const submit = element('button', { class: 'nhsuk-button', type: 'submit', text: form.submit });
  const cancel = element('button', {
    class: 'nhsuk-button nhsuk-button--secondary',
    type: 'button',
    text: 'Cancel',
    onclick: () => dialog.close(),
  });
  const drawn = element(
    'form',
    { novalidate: true },
    title,
    again || form.problem ? summary(form, took) : null,
    intro,
    ...form.fields.map(drawField),
    element('div', { class: 'form-dialog__buttons' }, submit, cancel),
  );
  drawn.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    await sendForm(form, readFields(drawn, form.fields), took);
    submit.disabled = false;
  });
  dialog.replaceChildren(drawn);
}

async function sendForm(form, typed, took) {
  const known = { ...form, fields: form.fields.map((field) => withValue(field, typed[field.name])) };
  try {
    const input = { ...form.given, ...(await withFiles(typed)) };
    const { outcome } = await post('/rehearsal/do', { as: me(), verb: form.verb, input, fromForm: true });
    if (outcome.kind === 'form') openForm({ ...outcome.form, intro: outcome.form.intro ?? form.intro }, took);
    else if (outcome.kind === 'refusal') openForm(refused(known, outcome), took);
    else {
      dialog.close();
      took(outcome);
    }
  } catch (error) {
    openForm({ ...known, problem: error.message, next: [] }, took);
  }
}

/** A file goes ahead of the form; its reference is what the verb gets. */
async function withFiles(typed) {
  const input = {};
  for (const [name, value] of Object.entries(typed)) {
    if (value instanceof File) input[name] = (await send('/rehearsal/files', value)).file;
    else if (value !== '') input[name] = value;
  }
  return input;
}

function withValue(field, value) {
  const { problem: _, ...rest } = field;
  return typeof value === 'string' ? { ...rest, value } : rest;
}

function refused(form, outcome) {
  const fields = form.fields.map((field) => {
    const problem = outcome.fields[field.name];
    return problem === undefined ? field : { ...field, problem };
  });
  return { ...form, fields, problem: outcome.message, next: outcome.next };
}

/** What is wrong, at the top, with a way to each field and to what can be done instead. */
function summary(form, took) {
  const wrong = form.fields.filter((field) => field.problem);
  if (!form.problem && wrong.length === 0) return null;
  const links = wrong.map((field) =>
    element('li', {}, element('a', { href: `#field-${field.name}`, text: `${field.label}: ${field.problem}` })),
  );
  const ways = (form.next ?? []).map((next) =>
    element('button', {
      class: 'nhsuk-button nhsuk-button--secondary nhsuk-button--small',
      type: 'button',
      text: next.label,
      onclick: () => instead(next, took),
    }),
  );
  return element(
    'div',
    { class: 'nhsuk-error-summary', tabindex: '-1', role: 'alert' },
    element('h3', { class: 'nhsuk-error-summary__title', text: 'That did not go through' }),
    form.problem ? element('p', { text: form.problem }) : null,
    links.length > 0 ? element('ul', { class: 'nhsuk-list nhsuk-error-summary__list' }, ...links) : null,
    ways.length > 0 ? element('div', { class: 'form-dialog__buttons' }, ...ways) : null,
  );
}

async function instead(next, took) {
  dialog.close();
  const { outcome } = await post('/rehearsal/do', { as: me(), verb: next.verb, input: next.input });
  if (outcome.kind === 'form') openForm(outcome.form, took);
  else took(outcome);
}
