import { refreshedSubject } from '../../card/refresh.ts';
import { type Refused, type Reply, replyOf } from '../reply.ts';
import { answering, ask, channelOf, known } from './ask.ts';
import type { Click, Incoming } from './incoming.ts';
import type { TeamsParts } from './parts.ts';

/** A button or a form of ours, pressed once. What was typed comes back with what is wrong with it; it is never lost. */
export async function press(parts: TeamsParts, incoming: Incoming, click: Click): Promise<Reply> {
  if (click.again !== null) return formAgain(parts, incoming, click, click.again, {});
  const reply = await ask(parts, incoming, { verb: click.verb, input: click.input });
  const { form } = click;
  if (form === null || form.length === 0) return reply;
  if (reply.kind === 'form') {
    const problems = reply.form.fields.flatMap(({ name, problem }) => (problem ? [[name, problem] as const] : []));
    const same = reply.form.fields.every(({ name }) => form.includes(name));
    return same ? formAgain(parts, incoming, click, form, Object.fromEntries(problems), reply.form.problem) : reply;
  }
  if (reply.kind !== 'refusal') return reply;
  const fields = Object.entries(reply.fields).filter(([name]) => form.includes(name));
  if (fields.length === 0) return withFormBack(reply, click, form);
  return formAgain(parts, incoming, click, form, Object.fromEntries(fields), sentenceOf(reply), reply);
}

/** The subject that a card asks for on this person's behalf, as they may act on it; null for any other button. */
export function viewed(parts: TeamsParts, incoming: Incoming, click: Click): Promise<Reply> | null {
  const subject = refreshedSubject(click.verb, click.input);
  if (subject === null) return null;
  return answering(parts, async () => {
    const account = await known(parts, incoming);
    return replyOf(await parts.dispatch({ account, channel: channelOf(incoming.place), subject }));
  });
}

/** The form as it was filled in. Nothing is done by it, so that it may be asked for more than once. */
async function formAgain(
  parts: TeamsParts,
  incoming: Incoming,
  { verb, input }: Click,
  fields: readonly string[],
  problems: Readonly<Record<string, string>>,
  problem?: string,
  otherwise?: Reply,
): Promise<Reply> {
  const reply = await answering(parts, async () => {
    const account = await known(parts, incoming);
    const again = { fields, problems };
    return replyOf(await parts.dispatch({ account, channel: channelOf(incoming.place), verb, input, again }));
  });
  if (reply.kind !== 'form') return otherwise ?? reply;
  return { kind: 'form', form: { ...reply.form, ...(problem === undefined ? {} : { problem }) } };
}

/** A refusal of the whole keeps its own remedies, and leads back to what was typed. */
function withFormBack(reply: Refused, { verb, input }: Click, form: readonly string[]): Reply {
  const back = { kind: 'do', label: 'Back to the form', verb, input, again: form } as const;
  return { ...reply, card: { ...reply.card, actions: [...reply.card.actions.slice(0, 3), back] } };
}

function sentenceOf({ card }: Refused): string {
  return card.headline.replace(/^✋\s*/, '');
}
