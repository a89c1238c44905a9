import { element } from './element.js';

/** Draws an Adaptive Card with Microsoft's renderer. `press(verb, input)` is called for its buttons. */
export function drawCard(json, tone, press) {
  const { AdaptiveCard, HostConfig } = globalThis.AdaptiveCards;
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(LOOK);
  const frame = element('div', { class: `card card--${tone}` });
  card.onExecuteAction = async (action) => {
    if (typeof action.url === 'string' && action.url !== '') {
      window.open(action.url, '_blank', 'noopener,noreferrer');
      return;
    }
    if (frame.getAttribute('aria-busy') === 'true') return;
    busy(frame, true);
    try {
      await press(action.data.verb, { ...action.data.input, ...typedIn(action.data) });
    } finally {
      busy(frame, false);
    }
  };
  card.parse(json);
  const drawn = card.render();
  if (drawn) frame.append(drawn);
  drawHands(frame);
  return frame;
}

/** What was typed beside the button: "field.reason" is the field reason. */
function typedIn(data) {
  const typed = Object.entries(data).filter(([name]) => name.startsWith('field.'));
  return Object.fromEntries(typed.map(([name, value]) => [name.slice('field.'.length), String(value)]));
}

function drawHands(frame) {
  const texts = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) if (texts.currentNode.textContent.startsWith(HAND)) found.push(texts.currentNode);
  for (const text of found) {
    text.textContent = text.textContent.slice(HAND.length);
    text.before(element('span', { class: 'card__stop', role: 'img', 'aria-label': 'Stop' }));
  }
}

const HAND = '✋';

function busy(frame, is) {
  frame.setAttribute('aria-busy', String(is));
  for (const button of frame.querySelectorAll('button')) button.disabled = is;
}

const FONT = 'Arial, Helvetica, sans-serif';
const colour = (normal, subtle = normal) => ({ default: normal, subtle });
const COLOURS = {
  default: colour('#212b32', '#4c6272'),
  dark: colour('#212b32'),
  light: colour('#ffffff'),
  accent: colour('#005eb8'),
  good: colour('#006747'),
  warning: colour('#7a4b00'),
  attention: colour('#b30f0f'),
};
const STYLE = { backgroundColor: '#ffffff', foregroundColors: COLOURS };

const LOOK = {
  supportsInteractivity: true,
  fontFamily: FONT,
  fontSizes: { small: 14, default: 16, medium: 18, large: 20, extraLarge: 24 },
  fontTypes: {
    default: { fontFamily: FONT, fontSizes: { small: 14, default: 16, medium: 18, large: 20, extraLarge: 24 } },
    monospace: { fontFamily: 'Menlo, Consolas, monospace', fontSizes: { small: 14, default: 16, medium: 16 } },
  },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 20, default: 24, medium: 26, large: 28, extraLarge: 32 },
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#d8dde0' },
  containerStyles: { default: STYLE, emphasis: { ...STYLE, backgroundColor: '#f0f4f5' } },
  actions: {
    maxActions: 5,
    spacing: 'medium',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  adaptiveCard: { allowCustomStyle: false },
};
