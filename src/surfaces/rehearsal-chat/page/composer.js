import { close, completionKey } from './completion.js';
import { byId } from './element.js';

const text = byId('text');
const history = [];
let place = 0;

/** `say(text)` for a typed line; `bring(file)` for a file that was chosen or dropped. */
export function startComposer(say, bring) {
  byId('composer').addEventListener('submit', async (event) => {
    event.preventDefault();
    const line = text.value.trim();
    if (line === '') return;
    close();
    byId('hint').hidden = true;
    text.value = '';
    history.push(line);
    place = history.length;
    if (!(await say(line))) text.value = line;
    text.focus();
  });
  text.addEventListener('keydown', (event) => {
    if (completionKey(event)) event.preventDefault();
    else if (event.key === 'ArrowUp' && place > 0) recall(event, place - 1);
    else if (event.key === 'ArrowDown' && place < history.length) recall(event, place + 1);
  });
  byId('choose').addEventListener('click', () => byId('file').click());
  byId('file').addEventListener('change', async () => {
    const [file] = byId('file').files;
    if (file) await bring(file);
    byId('file').value = '';
  });
  startDropping(bring);
}

function recall(event, at) {
  event.preventDefault();
  place = at;
  text.value = history[at] ?? '';
}

function startDropping(bring) {
  const drop = byId('drop');
  const hasFile = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  document.addEventListener('dragover', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    drop.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) drop.hidden = true;
  });
  document.addEventListener('drop', async (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    drop.hidden = true;
    const [file] = event.dataTransfer.files;
    if (file) await bring(file);
  });
}
