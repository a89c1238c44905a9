import type { types } from '@slack/bolt';
import type { Form } from '../../card/form.ts';
import { slackFormErrors } from '../../card/form-slack-modal.ts';
import { inTheEnd, inTime } from '../../kernel/in-time.ts';
import { GAVE_UP, type Reply, replyToError } from '../reply.ts';
import { ask } from './ask.ts';
import { readSubmission, type Submission } from './incoming.ts';
import type { SlackParts } from './parts.ts';
import { privately } from './responder.ts';
import { sendFiles } from './show.ts';
import { cardView, formView, workingView } from './views.ts';

/** What Slack does with a submitted modal. */
export type ViewAnswer =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update' | 'push'; readonly view: types.ModalView };

type Acknowledge = (answer?: ViewAnswer) => Promise<void>;

/** A form, submitted: its errors in place, or the answer in the form's stead; what is typed is never lost to a refusal. */
export async function onSubmission(parts: SlackParts, body: unknown, acknowledge: Acknowledge): Promise<void> {
  const submission = readSubmission(body);
  const { asker, context, typed, files } = submission;
  const once = submission.triggerId ?? `${submission.viewId}:${JSON.stringify(typed)}`;
  const input = { ...context.given, ...typed };
  const work = ask(parts, { asker, channelId: context.channelId, verb: context.verb, input, files, once });
  const first = await inTime(work, parts.acknowledgeWithin);
  if (first.kind === 'finished') {
    await acknowledge(viewAnswer(submission, first.value) ?? undefined);
    return sendFiles(parts, asker, first.value);
  }
  await acknowledge({ response_action: 'update', view: workingView(context.channelId) });
  await inTheEnd(work, parts.giveUpAfter, {
    give: (reply) => follow(parts, submission, reply),
    gaveUp: () => follow(parts, submission, GAVE_UP),
  });
}

/** Null closes the modal. */
export function viewAnswer(submission: Submission, reply: Reply): ViewAnswer | null {
  const { channelId } = submission.context;
  if (reply.kind === 'nothing') return null;
  if (reply.kind === 'card') return { response_action: 'update', view: cardView(reply.card, channelId) };
  if (reply.kind === 'refusal') {
    const fields = Object.entries(reply.fields).map(([name, words]): [string, string] => [`field:${name}`, words]);
    // Pushed on top: closing it leads back to the form as it was filled in.
    return errorsIn(submission, fields) ?? { response_action: 'push', view: cardView(reply.card, channelId) };
  }
  return formAnswer(submission, reply.form);
}

function formAnswer(submission: Submission, form: Form): ViewAnswer {
  const known = form.fields.every((field) => submission.blockIds.includes(`field:${field.name}`));
  const inPlace =
    known && form.problem === undefined ? errorsIn(submission, Object.entries(slackFormErrors(form))) : null;
  if (inPlace) return inPlace;
  try {
    return { response_action: 'update', view: formView(form, submission.context.channelId) };
  } catch (error) {
    const reply = replyToError(error);
    if (reply.kind !== 'refusal') throw error;
    return { response_action: 'push', view: cardView(reply.card, submission.context.channelId) };
  }
}

/** Slack takes errors only for the view's own input blocks. */
function errorsIn({ blockIds }: Submission, errors: readonly [string, string][]): ViewAnswer | null {
  const placed = errors.filter(([block]) => blockIds.includes(block));
  return placed.length === 0 ? null : { response_action: 'errors', errors: Object.fromEntries(placed) };
}

/** The answer that came late: into the modal if it is still open, else as a direct message. */
async function follow(parts: SlackParts, submission: Submission, reply: Reply): Promise<void> {
  if (reply.kind === 'nothing') return;
  const { channelId } = submission.context;
  const view = reply.kind === 'form' ? formView(reply.form, channelId) : cardView(reply.card, channelId);
  try {
    const { client } = await parts.workspaces.of(submission.asker.installed);
    await client.views.update({ view_id: submission.viewId, view });
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'a late answer found no modal');
    const card = reply.kind === 'form' ? unfinished(reply.form) : reply.card;
    await parts.responder.tell(submission.asker, null, privately(card));
  }
  await sendFiles(parts, submission.asker, reply);
}

function unfinished(form: Form) {
  return {
    headline: 'The form was closed before it was complete, and nothing was done',
    tone: 'warning' as const,
    body: [],
    actions: [{ kind: 'do' as const, label: 'Open the form', verb: form.verb, input: form.given }],
  };
}
