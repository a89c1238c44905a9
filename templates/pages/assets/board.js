/** The board follows what happens: each part that changed is replaced, the rest (and what somebody reads there) stays. */
const live = document.getElementById('live');
const board = document.getElementById('board');
const word = live.querySelector('[data-live-word]');
const events = new EventSource(live.dataset.live);

events.addEventListener('board', (event) => {
  const { order, parts, words } = JSON.parse(event.data);
  for (const part of parts) place(part);
  for (const section of [...board.children]) if (!order.includes(section.id)) section.remove();
  order.forEach((key, at) => {
    const section = document.getElementById(key);
    if (section && board.children[at] !== section) board.insertBefore(section, board.children[at] ?? null);
  });
  word.textContent = words;
});
events.addEventListener('ended', (event) => {
  word.textContent = JSON.parse(event.data).words;
  events.close();
});
events.addEventListener('error', () => {
  if (events.readyState === EventSource.CLOSED) word.textContent = 'This page no longer follows what happens. ';
  else word.textContent = 'No connection: this may be old. Trying again. ';
});

function place({ key, version, html }) {
  const old = document.getElementById(key);
  if (old?.dataset.version === version) return;
  const template = document.createElement('template');
  template.innerHTML = html;
  const fresh = template.content.firstElementChild;
  if (old === null) return void board.append(fresh);
  // A button that is about to be pressed is not pulled away from under the finger.
  const focused = old.contains(document.activeElement)
    ? [...old.querySelectorAll('button')].indexOf(document.activeElement)
    : -1;
  old.replaceWith(fresh);
  if (focused >= 0) fresh.querySelectorAll('button')[focused]?.focus();
}
