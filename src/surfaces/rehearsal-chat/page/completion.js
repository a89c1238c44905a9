import { byId, element } from './element.js';

const text = byId('text');
const list = byId('verbs');
const hint = byId('hint');
let verbs = [];
let chosen = -1;

/** The verbs that this person may use, from the registry. */
export function offerVerbs(known) {
  verbs = known;
  close();
}

/** Handles a key in the composer; true when it was meant for the list. */
export function completionKey(event) {
  const items = [...list.children];
  if (list.hidden || items.length === 0) return false;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const step = event.key === 'ArrowDown' ? 1 : -1;
    mark((chosen + step + items.length) % items.length);
    return true;
  }
  if (event.key === 'Tab' && !event.shiftKey && typedVerb() !== '') {
    take(items[Math.max(chosen, 0)].dataset.verb);
    return true;
  }
  if (event.key === 'Enter' && chosen >= 0) {
    take(items[chosen].dataset.verb);
    return true;
  }
  if (event.key === 'Escape') {
    close();
    return true;
  }
  return false;
}

export function close() {
  list.hidden = true;
  chosen = -1;
  text.setAttribute('aria-expanded', 'false');
  text.removeAttribute('aria-activedescendant');
}

function refresh() {
  const line = text.value;
  const [, verb, rest] = /^\/?(?:bsu)?\s*([a-z-]*)(\s.*)?$/i.exec(line) ?? [];
  const exact = verbs.find((one) => one.verb === verb?.toLowerCase());
  hint.hidden = !(exact && rest !== undefined);
  if (exact) hint.textContent = `${exact.summary}. For example: ${exact.examples.join(', or ')}`;
  const near =
    line === '' || verb === undefined || rest !== undefined
      ? []
      : verbs.filter((one) => one.verb.startsWith(verb.toLowerCase()));
  if (near.length === 0) {
    close();
    return;
  }
  list.replaceChildren(...near.map(option));
  chosen = -1;
  list.hidden = false;
  text.setAttribute('aria-expanded', 'true');
}

function option({ verb, summary }, at) {
  const made = element(
    'li',
    { role: 'option', id: `verb-${at}`, 'data-verb': verb, 'aria-selected': 'false' },
    element('code', { text: `/bsu ${verb}` }),
    element('span', { text: summary }),
  );
  made.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    take(verb);
  });
  return made;
}

function mark(at) {
  chosen = at;
  for (const [place, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(place === at));
  text.setAttribute('aria-activedescendant', `verb-${at}`);
  list.children[at]?.scrollIntoView({ block: 'nearest' });
}

function take(verb) {
  text.value = `/bsu ${verb} `;
  text.focus();
  close();
  refresh();
}

function typedVerb() {
  return /^\/?(?:bsu)?\s*(\S*)$/i.exec(text.value)?.[1] ?? '';
}

text.addEventListener('input', refresh);
text.addEventListener('blur', close);
