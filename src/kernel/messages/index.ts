import { CLOSING } from './closing.ts';
import { FORM } from './form.ts';
import { FRAME } from './frame.ts';
import type { Message, MessageKind } from './message.ts';
import { OUTAGE } from './outage.ts';
import { TIMES } from './times.ts';

/**
 * Every standard sentence of the notices by its key: what there is to translate. The layout of mail and page is in the
 * templates; no sentence is put together from pieces there, since another language has another order of words.
 */
export const MESSAGES = { ...OUTAGE, ...CLOSING, ...FRAME, ...FORM, ...TIMES } as const satisfies Readonly<
  Record<string, Message>
>;

export type MessageKey = keyof typeof MESSAGES;

/** The messages that a notice of this kind may say in that zone, whatever its facts; nothing that only a preview says. */
export function messagesOf(kind: MessageKind, zone: string): readonly MessageKey[] {
  const place = zone === 'Europe/London' ? 'uk' : 'elsewhere';
  return (Object.keys(MESSAGES) as MessageKey[]).filter((key) => {
    const { kinds, when }: Message = MESSAGES[key];
    return kinds.includes(kind) && (when === 'always' || when === place);
  });
}

const PLACEHOLDER = /\{([a-zA-Z_]+)\}/g;

/** Puts the values in, each text once: a value that holds braces stays as it is. A name without a value is a fault of the program. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`The words of a notice have no value for {${name}}.`);
    return value;
  });
}
