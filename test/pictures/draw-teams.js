/** Microsoft's renderer with the light colours and sizes of Teams. */
globalThis.drawCard = (json) => {
  const { AdaptiveCard, HostConfig } = globalThis.AdaptiveCards;
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(TEAMS);
  card.parse(json);
  const frame = document.createElement('div');
  frame.className = 'card teams';
  frame.append(card.render());
  return frame;
};

const FONT = '"Segoe UI", "Open Sans", "DejaVu Sans", Arial, sans-serif';
const colour = (normal, subtle = normal) => ({ default: normal, subtle });
const COLOURS = {
  default: colour('#242424', '#616161'),
  dark: colour('#242424'),
  light: colour('#ffffff'),
  accent: colour('#5b5fc7'),
  good: colour('#13a10e', '#13a10e'),
  warning: colour('#835c00'),
  attention: colour('#c4314b'),
};
const STYLE = { backgroundColor: '#ffffff', foregroundColors: COLOURS };
const SIZES = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 };

const TEAMS = {
  supportsInteractivity: true,
  fontFamily: FONT,
  fontSizes: SIZES,
  fontTypes: {
    default: { fontFamily: FONT, fontSizes: SIZES },
    monospace: { fontFamily: 'Consolas, "DejaVu Sans Mono", monospace', fontSizes: SIZES },
  },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  containerStyles: { default: STYLE, emphasis: { ...STYLE, backgroundColor: '#f5f5f5' } },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
};
