/** A page beside e-RS loads again when what it shows has changed, but never under somebody's hands. */
const live = document.getElementById('live');
const word = live.querySelector('[data-live-word]');
const events = new EventSource(live.dataset.live);
const shown = new Map();
const QUIET_MS = 3_000;
const PLACE = `place ${location.pathname}`;
let touched = 0;
let changed = false;

word.textContent = 'This page follows what happens, but does not move while you tick or type. ';
scrollTo(0, Number(sessionStorage.getItem(PLACE) ?? 0));
sessionStorage.removeItem(PLACE);

events.addEventListener('board', (event) => {
  for (const { key, html } of JSON.parse(event.data).parts) {
    if (!live.dataset.parts.split(' ').includes(key)) continue;
    const words = wordsOf(html);
    changed ||= (shown.get(key) ?? words) !== words;
    shown.set(key, words);
  }
  follow();
});
events.addEventListener('ended', (event) => {
  word.textContent = JSON.parse(event.data).words;
  events.close();
});
events.addEventListener('error', () => {
  word.textContent = 'No connection: this may be old. ';
});
events.addEventListener('open', () => {
  word.textContent = 'This page follows what happens, but does not move while you tick or type. ';
});
for (const kind of ['pointerdown', 'pointermove', 'keydown', 'input', 'scroll']) {
  addEventListener(kind, () => {
    touched = Date.now();
  });
}
setInterval(follow, 1_000);

function follow() {
  if (!changed) return;
  if (isInUse()) {
    word.textContent = 'Something has changed since. ';
    return;
  }
  events.close();
  sessionStorage.setItem(PLACE, String(scrollY));
  location.replace(location.pathname);
}

function isInUse() {
  if (Date.now() - touched < QUIET_MS || document.querySelector('main details[open], main [data-keep]')) return true;
  return [...document.querySelectorAll('main input:not([type="hidden"]), main textarea, main select')].some((field) =>
    field.type === 'checkbox' ? field.checked : field.value !== '',
  );
}

/** What people read in it; the minutes that are left are no news. */
function wordsOf(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.textContent.replace(/(?:window closes in|about) [\w ]+/g, '').replace(/\s+/g, ' ');
}
