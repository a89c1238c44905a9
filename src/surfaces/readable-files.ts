import type { Card } from '../card/card.ts';

/** What can be read, by the end of its name, and the verb that reads it. */
export interface WayToRead {
  readonly verb: string;
  readonly input: Readonly<Record<string, string>>;
  /** The field of the verb that takes the file. */
  readonly field: string;
  readonly label: string;
  readonly text: string;
}

const WAYS: readonly (WayToRead & { readonly ending: RegExp })[] = [
  {
    ending: /\.csv$/i,
    verb: 'import',
    input: {},
    field: 'file',
    label: 'Import it',
    text: 'Changeover can read it: the services extract, a supplement, an ODS list or recipients.',
  },
  {
    ending: /\.ics$/i,
    verb: 'outage',
    input: { what: 'calendar' },
    field: 'file',
    label: 'Keep it',
    text: 'Changeover can keep it as a calendar of planned e-RS outages.',
  },
];

const SCREENSHOT: WayToRead & { readonly ending: RegExp } = {
  ending: /\.(png|jpe?g)$/i,
  verb: 'step',
  input: { what: 'confirm', how: 'screenshot' },
  field: 'picture',
  label: 'It shows the count',
  text: 'Is it the e-RS screen of the guided run, with the ticks and the number beside each site? Then it can stand for the second person.',
};

/** A picture that was sent to Changeover alone; in a channel people share pictures of anything. Null for what is none. */
export function wayToShow(name: string): WayToRead | null {
  return SCREENSHOT.ending.test(name) ? SCREENSHOT : null;
}

/** Null for a file that nothing here reads. */
export function wayToRead(name: string): WayToRead | null {
  return WAYS.find(({ ending }) => ending.test(name)) ?? null;
}

/** Shown to whoever sent the file; `file` is what the verb finds it by. */
export function offerToRead({ verb, input, field, label, text }: WayToRead, name: string, file: string): Card {
  return {
    headline: `You shared ${name}`,
    body: [{ kind: 'text', text }],
    actions: [{ kind: 'do', label, verb, input: { ...input, [field]: file }, style: 'primary' }],
  };
}
