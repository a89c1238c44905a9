import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Form } from '../../card/form.ts';

const LARGEST = 1024 * 1024;

/** What a form of a personal page sends: a verb with its input, and what proves that it is ours. */
export interface Sent {
  readonly verb: string;
  readonly input: Readonly<Record<string, string>>;
  /** Of the session that the page was drawn for. */
  readonly token: string;
  /** Of one drawing of the page: the same press is not carried out twice. */
  readonly once: string;
  /** The form that asked, so that it can be drawn again with what was typed; null for a button. */
  readonly form: Form | null;
}

export function readFormBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LARGEST },
    (_, body, done) => done(null, new URLSearchParams(body as string)),
  );
}

/** Names that begin with "_" are the page's own; a field that is sent several times is a list. */
export function sentBy(body: unknown): Sent {
  const fields = body instanceof URLSearchParams ? body : new URLSearchParams();
  const input: Record<string, string> = {};
  for (const name of new Set(fields.keys())) {
    if (!name.startsWith('_')) input[name] = fields.getAll(name).join(',');
  }
  const own = (name: string) => fields.get(`_${name}`) ?? '';
  return { verb: own('verb'), input, token: own('token'), once: own('once'), form: formBehind(own('form')) };
}

/** The form goes along in the page and comes back: it is only drawn again, and decides nothing. */
function formBehind(text: string): Form | null {
  if (text === '' || text.length > LARGEST / 4) return null;
  try {
    return asForm.parse(JSON.parse(text)) as Form;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

const short = z.string().max(2_000);
const asForm = z.object({
  verb: short,
  title: short,
  intro: short.optional(),
  given: z.record(short, z.string()),
  submit: short,
  fields: z
    .array(
      z.object({
        name: short,
        label: short,
        hint: short.optional(),
        kind: z.enum(['text', 'long-text', 'number', 'date', 'choice', 'choices', 'yes-no', 'file']),
        optional: z.boolean(),
        options: z.array(z.object({ value: short, label: short })).optional(),
      }),
    )
    .max(50),
});
