import { createRequire } from 'node:module';

/**
 * What Teams would refuse or show wrongly, written from its documented limits, apart from the code under test: each fault a
 * sentence. Microsoft's own parser looks at it too.
 */
export function teamsCardFaults(card: unknown): string[] {
  const json = JSON.stringify(card);
  const root = object(card);
  return [
    ...(json.length * 2 > 25 * 1_024 ? [`${json.length * 2} bytes in UTF-16`] : []),
    ...(Buffer.byteLength(json) > 25 * 1_024 ? [`${Buffer.byteLength(json)} bytes as JSON`] : []),
    ...(root.version === '1.5' ? [] : [`version ${String(root.version)}: Teams shows up to 1.5`]),
    ...(typeof root.fallbackText === 'string' && root.fallbackText.trim() !== '' ? [] : ['no fallback text']),
    ...(idsIn(root).length === new Set(idsIn(root)).size ? [] : ['an input id occurs twice']),
    ...everyObject(root).flatMap(objectFaults),
    ...parserFaults(card),
  ];
}

function objectFaults(one: Item): string[] {
  const faults: string[] = [];
  for (const [name, value] of Object.entries(one)) {
    if (typeof value === 'string' && !value.isWellFormed()) faults.push(`${name}: ill-formed Unicode`);
  }
  if (Array.isArray(one.actions) && one.actions.length > 5) faults.push(`${one.actions.length} actions`);
  if (one.color !== undefined && !/[✔✖⟳⚠✋]/u.test(String(one.text)))
    faults.push(`only a colour says: ${String(one.text)}`);
  if (String(one.type).startsWith('Action.') && String(one.title ?? '').trim() === '')
    faults.push('an action without words');
  if (one.type === 'Action.OpenUrl' && !/^https?:/.test(String(one.url)))
    faults.push(`an address that is none: ${one.url}`);
  if (one.type === 'Action.Execute') {
    const data = Object.keys(object(one.data));
    faults.push(...data.filter((name) => ['action', 'dialog_id'].includes(name)).map((name) => `reserved: ${name}`));
  }
  return faults;
}

interface Parser {
  AdaptiveCard: new () => { parse(json: unknown, context: unknown): void };
  SerializationContext: new (version: unknown) => { eventCount: number; getEventAt(at: number): { message: string } };
  Versions: Record<string, unknown>;
}

/** What Microsoft's parser finds wrong. */
export function parserFaults(card: unknown): string[] {
  const { AdaptiveCard, SerializationContext, Versions } = parser();
  const context = new SerializationContext(Versions.v1_5);
  new AdaptiveCard().parse(JSON.parse(JSON.stringify(card)), context);
  return Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
}

/** The package is made for browsers: it asks for a window while it loads. */
function parser(): Parser {
  const had = 'window' in globalThis;
  if (!had) Object.assign(globalThis, { window: globalThis });
  try {
    return createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Parser;
  } finally {
    if (!had) Reflect.deleteProperty(globalThis, 'window');
  }
}

function everyObject(value: unknown): Item[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(everyObject);
  return Array.isArray(value) ? inside : [value as Item, ...inside];
}

function idsIn(root: Item): unknown[] {
  return everyObject(root).flatMap(({ id, type }) => (String(type).startsWith('Input.') ? [id] : []));
}

type Item = Readonly<Record<string, unknown>>;

function object(value: unknown): Item {
  return typeof value === 'object' && value !== null ? (value as Item) : {};
}
