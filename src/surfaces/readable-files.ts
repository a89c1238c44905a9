import type { Card } from '../card/card.ts';

/** What can be read, by the end of its name, and the verb that reads it. */
export interface WayToRead {
  readonly verb: string;
  readonly input: Readonly<Record<string, string>>;
  readonly label: string;
  readonly text: string;
}

const WAYS: readonly (WayToRead & { readonly ending: RegExp })[] = [
  {
    ending: /\.csv$/i,
    verb: 'import',
    input: {},
    label: 'Import it',
    text: 'Changeover can read it: the services extract, a supplement, an ODS list or recipients.',
  },
  {
    ending: /\.ics$/i,
    verb: 'outage',
    input: { what: 'calendar' },
    label: 'Keep it',
    text: 'Changeover can keep it as a calendar of planned e-RS outages.',
  },
];

/** Null for a file that nothing here reads. */
export function wayToRead(name: string): WayToRead | null {
  return WAYS.find(({ ending }) => ending.test(name)) ?? null;
}

/** Shown to whoever sent the file; `file` is what the verb finds it by. */
export function offerToRead({ verb, input, label, text }: WayToRead, name: string, file: string): Card {
  return {
    headline: `You shared ${name}`,
    body: [{ kind: 'text', text }],
    actions: [{ kind: 'do', label, verb, input: { ...input, file }, style: 'primary' }],
  };
}
