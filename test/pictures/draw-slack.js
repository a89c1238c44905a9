/** A plain drawing of Block Kit: what stands where, in the order that is sent. Not Slack's looks. */
globalThis.drawCard = (blocks) => {
  const frame = element('div', 'card slack');
  for (const block of blocks) frame.append(drawBlock(block));
  return frame;
};

function drawBlock(block) {
  switch (block.type) {
    case 'header':
      return element('h2', '', block.text.text);
    case 'section':
      return markdown(element('p'), block.text.text);
    case 'context':
      return markdown(element('p', 'quiet'), block.elements.map((one) => one.text).join(' '));
    case 'divider':
      return element('hr');
    case 'actions':
      return row(block.elements.map((one) => element('span', `button ${one.style ?? ''}`, one.text.text)));
    case 'input':
      return drawInput(block);
    default:
      return element('p', 'fault', `unknown block ${block.type}`);
  }
}

function drawInput({ label, hint, optional, element: input }) {
  const box = element('div', 'input');
  box.append(element('strong', '', `${label.text}${optional ? ' (optional)' : ''}`));
  const chosen = input.initial_value ?? input.initial_option?.text.text ?? input.initial_date ?? '';
  const options = input.options ?? (input.option_groups ?? []).flatMap((group) => group.options);
  if (['checkboxes', 'radio_buttons'].includes(input.type)) {
    const mark = input.type === 'checkboxes' ? '☐' : '○';
    for (const option of options) box.append(element('div', '', `${mark} ${option.text.text}`));
  } else box.append(element('div', `field ${input.multiline ? 'long' : ''}`, chosen || KINDS[input.type] || ' '));
  if (hint) box.append(element('div', 'quiet', hint.text));
  return box;
}

const KINDS = {
  static_select: 'Select an option ▾',
  multi_static_select: 'Select options ▾',
  datepicker: 'Select a date ▾',
  file_input: 'Choose files',
};

/** `*bold*` and Slack's three escapes: the converters send no other markup. */
function markdown(into, text) {
  for (const [at, part] of text
    .split(/(?<![\p{L}\p{N}\u200B])\*(?!\u200B)|(?<!\u200B)\*(?![\p{L}\p{N}\u200B])/u)
    .entries()) {
    const words = part.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    into.append(at % 2 === 1 ? element('strong', '', words) : words);
  }
  return into;
}

function row(children) {
  const box = element('div', 'row');
  box.append(...children);
  return box;
}

function element(name, className = '', text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
