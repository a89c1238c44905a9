/**
 * What Slack would refuse, written from its documented limits, apart from the code under test. Each fault is a sentence;
 * an empty list means that Slack takes the message or the modal.
 */
export function slackMessageFaults(message: { blocks: readonly unknown[]; text?: string }): string[] {
  return [
    ...(message.blocks.length < 1 || message.blocks.length > 50
      ? [`${message.blocks.length} blocks in a message`]
      : []),
    ...(totalText(message.blocks) >= 12_000 ? ['12,000 characters or more in all blocks'] : []),
    ...blockFaults(message.blocks),
    ...(message.text === undefined ? [] : length('text', message.text, 1, 40_000)),
  ];
}

export function slackModalFaults(view: unknown): string[] {
  const modal = object(view);
  return [
    ...(modal.type === 'modal' ? [] : ['not a modal']),
    ...plain('title', modal.title, 24),
    ...plain('submit', modal.submit, 24),
    ...plain('close', modal.close, 24),
    ...length('private_metadata', modal.private_metadata, 0, 3_000),
    ...length('callback_id', modal.callback_id, 1, 255),
    ...(list(modal.blocks).length > 100 ? ['more than 100 blocks in a modal'] : []),
    ...blockFaults(list(modal.blocks)),
  ];
}

/** A view as `views.open`, `push`, `update` and `publish` take it: a form, an answer in a form's stead, or a home tab. */
export function slackViewFaults(view: unknown): string[] {
  const given = object(view);
  const blocks = list(given.blocks);
  if (given.type === 'modal' && given.submit !== undefined) return slackModalFaults(view);
  return [
    ...(given.type === 'modal' || given.type === 'home' ? [] : [`no view: ${String(given.type)}`]),
    ...(given.type === 'modal' ? plain('title', given.title, 24) : []),
    ...(given.type === 'modal' ? plain('close', given.close, 24) : []),
    ...length('private_metadata', given.private_metadata, 0, 3_000),
    ...(blocks.length > 100 ? ['more than 100 blocks in a view'] : []),
    // Slack wants a submit button where there is something to submit.
    ...(blocks.some((block) => object(block).type === 'input') ? ['an input without a submit button'] : []),
    ...blockFaults(blocks),
  ];
}

function blockFaults(blocks: readonly unknown[]): string[] {
  const ids = blocks.map((block) => object(block).block_id);
  const twice = ids.length === new Set(ids).size ? [] : ['a block_id occurs twice'];
  return [...twice, ...blocks.flatMap((block, at) => oneBlock(object(block)).map((fault) => `block ${at}: ${fault}`))];
}

function oneBlock(block: Item): string[] {
  const id = length('block_id', block.block_id, 1, 255);
  switch (block.type) {
    case 'header':
      return [...id, ...plain('header', block.text, 150)];
    case 'section':
      return [...id, ...textObject('section', block.text, 3_000)];
    case 'context': {
      const elements = list(block.elements);
      const count = elements.length < 1 || elements.length > 10 ? ['context elements not 1 to 10'] : [];
      return [...id, ...count, ...elements.flatMap((element) => textObject('context', element, 3_000))];
    }
    case 'divider':
      return id;
    case 'actions':
      return [...id, ...actionFaults(list(block.elements))];
    case 'input':
      return [
        ...id,
        ...plain('label', block.label, 2_000),
        ...(block.hint === undefined ? [] : plain('hint', block.hint, 2_000)),
        ...(typeof block.optional === 'boolean' ? [] : ['optional is not a yes or no']),
        ...elementFaults(object(block.element)),
      ];
    default:
      return [`unknown block type ${String(block.type)}`];
  }
}

function actionFaults(elements: readonly unknown[]): string[] {
  const ids = elements.map((element) => object(element).action_id);
  return [
    ...(elements.length < 1 || elements.length > 25 ? ['actions not 1 to 25'] : []),
    ...(ids.length === new Set(ids).size ? [] : ['an action_id occurs twice']),
    ...elements.flatMap((element) => elementFaults(object(element))),
  ];
}

function elementFaults(element: Item): string[] {
  const id = length('action_id', element.action_id, 1, 255);
  switch (element.type) {
    case 'button':
      return [...id, ...buttonFaults(element)];
    case 'plain_text_input':
      return [
        ...id,
        ...optionalLength('initial_value', element.initial_value, 3_000),
        ...(Number(element.max_length) <= 3_000 ? [] : ['max_length over 3,000']),
      ];
    case 'datepicker':
      return [...id, ...dateFaults(element.initial_date)];
    case 'static_select':
    case 'multi_static_select':
      return [...id, ...selectFaults(element)];
    case 'checkboxes':
    case 'radio_buttons':
      return [...id, ...optionsFaults(element, list(element.options), 10)];
    case 'file_input':
      return [
        ...id,
        ...(Number(element.max_files) >= 1 && Number(element.max_files) <= 10 ? [] : ['files not 1 to 10']),
      ];
    default:
      return [`unknown element ${String(element.type)}`];
  }
}

function buttonFaults(button: Item): string[] {
  const style = button.style === undefined || button.style === 'primary' || button.style === 'danger';
  return [
    ...plain('button', button.text, 75),
    ...(button.value === undefined ? [] : length('value', button.value, 1, 2_000)),
    ...(button.url === undefined ? [] : [...length('url', button.url, 1, 3_000), ...urlFaults(button.url)]),
    ...(style ? [] : ['unknown style']),
    ...(button.confirm === undefined ? [] : confirmFaults(object(button.confirm))),
  ];
}

function confirmFaults(confirm: Item): string[] {
  return [
    ...plain('confirm title', confirm.title, 100),
    ...plain('confirm text', confirm.text, 300),
    ...plain('confirm yes', confirm.confirm, 30),
    ...plain('confirm no', confirm.deny, 30),
  ];
}

function selectFaults(select: Item): string[] {
  if (select.option_groups === undefined) return optionsFaults(select, list(select.options), 100);
  const groups = list(select.option_groups).map(object);
  return [
    ...(groups.length < 1 || groups.length > 100 ? ['option groups not 1 to 100'] : []),
    ...groups.flatMap((group) => [
      ...plain('group label', group.label, 75),
      ...optionsFaults({}, list(group.options), 100),
    ]),
  ];
}

function optionsFaults(element: Item, options: readonly unknown[], max: number): string[] {
  const initial = [...list(element.initial_options), ...(element.initial_option ? [element.initial_option] : [])];
  const known = new Set(options.map((option) => JSON.stringify(option)));
  return [
    ...(options.length < 1 || options.length > max ? [`${options.length} options`] : []),
    ...options.flatMap((option) => [
      ...plain('option', object(option).text, 75),
      ...length('option value', object(option).value, 1, 150),
    ]),
    ...(initial.every((option) => known.has(JSON.stringify(option)))
      ? []
      : ['an initial option is not one of the options']),
  ];
}

function dateFaults(date: unknown): string[] {
  if (date === undefined) return [];
  return /^\d{4}-\d{2}-\d{2}$/.test(String(date)) && !Number.isNaN(Date.parse(String(date))) ? [] : ['not a date'];
}

function urlFaults(url: unknown): string[] {
  return typeof url === 'string' && URL.canParse(url) && /^https?:/.test(url) ? [] : ['not a web address'];
}

function plain(what: string, text: unknown, max: number): string[] {
  return object(text).type === 'plain_text' ? length(what, object(text).text, 1, max) : [`${what}: not plain_text`];
}

function textObject(what: string, text: unknown, max: number): string[] {
  const { type, text: words } = object(text);
  if (type !== 'mrkdwn') return plain(what, text, max);
  const rest = String(words).replaceAll(/&(amp|lt|gt);/g, '');
  const unescaped = /[<>&]/.test(rest) ? [`${what}: unescaped <, > or &`] : [];
  return [...length(what, words, 1, max), ...unescaped];
}

function length(what: string, text: unknown, min: number, max: number): string[] {
  if (typeof text !== 'string') return [`${what}: not a text`];
  if (!text.isWellFormed()) return [`${what}: ill-formed Unicode`];
  const units = min > 0 && text.trim() === '' ? 0 : text.length;
  return units < min || units > max ? [`${what}: ${units} characters, not ${min} to ${max}`] : [];
}

function optionalLength(what: string, text: unknown, max: number): string[] {
  return text === undefined ? [] : length(what, text, 0, max);
}

function totalText(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + totalText(one), 0);
  return value !== null && typeof value === 'object' ? totalText(Object.values(value)) : 0;
}

type Item = Readonly<Record<string, unknown>>;

function object(value: unknown): Item {
  return typeof value === 'object' && value !== null ? (value as Item) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
