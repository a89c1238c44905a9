import { mine } from './api.js';
import { drawCard } from './cards.js';
import { byId, element } from './element.js';

const drawn = new Map();
const scroll = byId('scroll');

/** Shows these messages alone, oldest first, and the newest in view. */
export function showAll(messages, press) {
  drawn.clear();
  byId('messages').replaceChildren();
  for (const message of messages) place(message, press);
  toEnd();
}

/** A message that came, or came anew: in its place, in its thread, or at the end. */
export function show(message, press) {
  const before = drawn.get(message.id);
  if (before && before.version >= message.version) return;
  const atEnd = isAtEnd();
  const item = place(message, press);
  if (before) {
    if (atEnd) toEnd();
    flash(item);
  } else if (message.private || atEnd) reveal(item);
  if (isInView(item)) return;
  if (!before) notify('New', message, item);
  else if (withoutNumbers(before.headline) !== withoutNumbers(message.headline)) notify('Changed', message, item);
}

export function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
}

/** The newest in view, from its headline on where it is taller than the pane. */
function reveal(item) {
  toEnd();
  const above = scroll.getBoundingClientRect().top - item.getBoundingClientRect().top;
  if (above > 0 && item.parentElement.id === 'messages') scroll.scrollTop -= above + 8;
}

function place(message, press) {
  const item = draw(message, press);
  const before = drawn.get(message.id);
  const parent = message.thread === null ? undefined : drawn.get(message.thread);
  if (before) {
    const thread = before.item.querySelector(':scope > .message__main > .thread');
    if (thread) item.querySelector('.message__main').append(thread);
    before.item.replaceWith(item);
  } else if (parent) threadOf(parent.item).append(item);
  else byId('messages').append(item);
  drawn.set(message.id, { version: message.version, headline: message.headline, item });
  return item;
}

function draw(message, press) {
  const toMe = message.mentions.includes(byId('who').selectedOptions[0]?.textContent);
  const kind = `message${message.fromBot ? ' message--bot' : ''}${toMe ? ' message--to-me' : ''}`;
  return element(
    'li',
    { class: kind, id: `message-${message.id}`, tabindex: '-1' },
    element('span', {
      class: 'message__face',
      'aria-hidden': 'true',
      text: message.fromBot ? 'C' : initial(message.author),
    }),
    element(
      'div',
      { class: 'message__main' },
      element(
        'p',
        { class: 'message__head' },
        element('strong', { text: message.author }),
        element('time', { title: message.when, text: message.time }),
        message.private ? element('span', { class: 'message__private', text: 'Only you can see this' }) : null,
        message.card && message.version > 1 ? element('span', { class: 'message__edited', text: 'edited' }) : null,
      ),
      message.text === null ? null : words(message),
      message.card === null
        ? null
        : drawCard(message.card, message.tone, (verb, input) => press(verb, input, message.id)),
      message.files.length === 0 ? null : fileList(message),
    ),
  );
}

function words(message) {
  const names = message.mentions.map((name) => element('strong', { class: 'message__mention', text: `@${name} ` }));
  return element(
    'p',
    { class: message.fromBot ? 'message__text' : 'message__text message__text--typed' },
    ...names,
    ...withCode(message.text),
  );
}

/** What stands between backticks is what to type. */
function withCode(text) {
  return text.split('`').map((part, at) => (at % 2 === 0 ? part : element('code', { text: part })));
}

function fileList(message) {
  const links = message.files.map(({ name, at }) =>
    element(
      'li',
      {},
      element('a', { href: mine(`/rehearsal/files/${message.id}/${at}`), download: name, text: `Download ${name}` }),
    ),
  );
  return element('ul', { class: 'message__files' }, ...links);
}

function initial(name) {
  return name
    .replace(/^(A|An|The) (second |deputy )?/, '')
    .charAt(0)
    .toUpperCase();
}

function threadOf(item) {
  const main = item.querySelector(':scope > .message__main');
  const thread = main.querySelector(':scope > .thread');
  if (thread) return thread;
  const made = element('ol', { class: 'thread', 'aria-label': 'Messages about this' });
  main.append(made);
  return made;
}

function notify(what, message, item) {
  const about = message.headline ?? message.text ?? 'a message';
  const notice = byId('notice');
  const go = () => {
    item.scrollIntoView({ block: 'center' });
    item.focus();
    notice.hidden = true;
  };
  const button = element('button', { type: 'button', class: 'chat-notice__show', text: 'Show', onclick: go });
  notice.replaceChildren(element('span', { text: `${what}: ${about}` }), button);
  const atEnd = isAtEnd();
  notice.hidden = false;
  if (atEnd) toEnd();
}

/** Progress is no news: "164 of 248" and "165 of 248" say the same. */
function withoutNumbers(headline) {
  return headline?.replaceAll(/\d+/g, '') ?? '';
}

function flash(item) {
  item.classList.add('message--changed');
  setTimeout(() => item.classList.remove('message--changed'), 2_000);
}

function isAtEnd() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
}

function isInView(item) {
  const frame = scroll.getBoundingClientRect();
  const place = item.getBoundingClientRect();
  return place.top < frame.bottom - 20 && place.bottom > frame.top + 20;
}

scroll.addEventListener('scroll', () => {
  if (isAtEnd()) byId('notice').hidden = true;
});
