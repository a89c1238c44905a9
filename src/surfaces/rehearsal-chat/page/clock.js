import { get, post } from './api.js';
import { byId, element } from './element.js';

const REFRESH_MS = 20_000;

/** Shows the rehearsal's time and its moves. */
export function startClock() {
  byId('move').addEventListener('submit', (event) => {
    event.preventDefault();
    void move({ local: byId('move-to').value });
  });
  setInterval(refreshClock, REFRESH_MS);
  return refreshClock();
}

export async function refreshClock() {
  try {
    draw(await get('/rehearsal/clock'));
  } catch (error) {
    say(error.message);
  }
}

async function move(to) {
  try {
    say(null);
    draw(await post('/rehearsal/clock', to));
  } catch (error) {
    say(error.message);
  }
}

function draw({ words, moves }) {
  byId('clock-words').textContent = words;
  byId('clock-short').textContent = words.replace(/^(\w{3})\w* (\d+) (\w{3})\w* \d+, /, '$1 $2 $3, ');
  if (sameMoves(moves)) return;
  byId('moves').replaceChildren(
    ...moves.map(({ label, to, words: title }) =>
      element('button', {
        type: 'button',
        class: 'nhsuk-button nhsuk-button--secondary nhsuk-button--small',
        title,
        'data-to': to,
        text: label,
        onclick: (event) => move({ to: event.currentTarget.dataset.to }),
      }),
    ),
  );
}

/** Keeps the buttons (and the focus on one) where only the seconds of "1 hour on" have changed. */
function sameMoves(moves) {
  const buttons = [...byId('moves').children];
  if (buttons.length !== moves.length || buttons.some((button, at) => button.textContent !== moves[at].label))
    return false;
  for (const [at, button] of buttons.entries()) {
    button.dataset.to = moves[at].to;
    button.title = moves[at].words;
  }
  return true;
}

function say(problem) {
  const place = byId('clock-problem');
  place.hidden = problem === null;
  place.textContent = problem ?? '';
}
