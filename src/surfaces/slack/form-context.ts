import { z } from 'zod';

/**
 * What a modal carries along unseen (`private_metadata`): the verb, what is known of its input, and the channel it was opened
 * from. No secret and no decision: it is judged like a typed line.
 */
export interface FormContext {
  readonly verb: string;
  readonly given: Readonly<Record<string, string>>;
  readonly channelId: string | null;
}

const context = z.object({
  verb: z.string().max(40),
  given: z.record(z.string().max(100), z.string().max(3_000)),
  channelId: z.string().max(40).nullable(),
});

/** Throws a ZodError or a SyntaxError for what we did not write. */
export function readFormContext(text: string): FormContext {
  return context.parse(text === '' ? { verb: '', given: {}, channelId: null } : JSON.parse(text));
}

export function writeFormContext({ verb, given, channelId }: FormContext): string {
  return JSON.stringify({ verb, given, channelId });
}
