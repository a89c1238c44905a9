import { become, get, me, mine, post, send } from './api.js';
import { refreshClock, startClock } from './clock.js';
import { offerVerbs } from './completion.js';
import { startComposer } from './composer.js';
import { openForm } from './dialog.js';
import { byId, element } from './element.js';
import { show, showAll, toEnd } from './messages.js';

const SLOW_MS = 400;
const who = byId('who');
let events = null;
/** What came while all messages were being loaded: the list that is loaded may be older. */
let meanwhile = null;

who.value = me();
if (who.value === '') who.value = 'planner';
who.addEventListener('change', enter);
startComposer(
  (text) => tried(() => post('/rehearsal/say', { as: me(), text })),
  (file) => tried(() => send('/rehearsal/upload', file)),
);
startSide();
enter();
await Promise.all([startClock(), showSamples()]);

/** As this person: what comes from now on, and then, so that nothing is missed between, what is there already. */
function enter() {
  become(who.value);
  byId('start-who').textContent = who.selectedOptions[0].textContent;
  events?.close();
  events = new EventSource(mine('/rehearsal/events'));
  events.addEventListener('message', (event) => {
    const message = JSON.parse(event.data);
    meanwhile?.push(message);
    show(message, press);
  });
  events.addEventListener('clock', refreshClock);
  events.addEventListener('open', reload);
  events.addEventListener('error', () => say('Changeover does not answer. This page tries again by itself.'));
}

async function reload() {
  const as = me();
  const came = [];
  meanwhile = came;
  await tried(async () => {
    const [{ messages }, { verbs }] = await Promise.all([
      get(mine('/rehearsal/messages')),
      get(mine('/rehearsal/verbs')),
    ]);
    // Somebody else was chosen meanwhile: what only the one before may see is not shown to them.
    if (as !== me()) return {};
    byId('notice').hidden = true;
    showAll(messages, press);
    for (const message of came) show(message, press);
    if (meanwhile === came) meanwhile = null;
    offerVerbs(verbs);
    document.body.dataset.as = as;
    return {};
  });
}

function press(verb, input, onCard) {
  return tried(() => post('/rehearsal/do', { as: me(), verb, input, onCard }));
}

/** Does it; opens the form where something is missing. False, and the reason shown, where the service could not be asked. */
async function tried(work) {
  const slow = setTimeout(() => {
    byId('working').hidden = false;
  }, SLOW_MS);
  byId('notice').hidden = true;
  try {
    document.body.setAttribute('aria-busy', 'true');
    const { outcome } = await work();
    if (outcome?.kind === 'form') openForm(outcome.form, toEnd);
    return true;
  } catch (error) {
    say(error.message);
    return false;
  } finally {
    clearTimeout(slow);
    byId('working').hidden = true;
    document.body.removeAttribute('aria-busy');
  }
}

function say(words) {
  const notice = byId('notice');
  notice.replaceChildren(element('span', { text: words }));
  notice.hidden = false;
}

async function showSamples() {
  const { samples } = await get('/rehearsal/samples');
  if (samples.length === 0) return;
  const items = samples.map(({ name, what }) => {
    const bring = () => tried(() => post('/rehearsal/samples', { as: me(), name }));
    const button = element('button', {
      type: 'button',
      class: 'nhsuk-button nhsuk-button--secondary nhsuk-button--small',
      'aria-label': `Import this: ${name}`,
      text: 'Import this',
      onclick: bring,
    });
    return element('li', {}, element('strong', { text: name }), element('span', { text: what }), button);
  });
  byId('samples').replaceChildren(...items);
}

function startSide() {
  const button = byId('clock-button');
  button.addEventListener('click', () => {
    const open = document.body.classList.toggle('side-open');
    button.setAttribute('aria-expanded', String(open));
  });
  const start = byId('start');
  start.open = localStorage.getItem('changeover-start') !== 'closed';
  start.addEventListener('toggle', () => localStorage.setItem('changeover-start', start.open ? 'open' : 'closed'));
}
