import type { TaskModuleResponse } from '@microsoft/teams.api';
import { inTime } from '../../kernel/in-time.ts';
import { WORKING } from '../reply.ts';
import { follow } from './follow.ts';
import { readClick, readEnvelope, readTask } from './incoming.ts';
import type { TeamsParts } from './parts.ts';
import { press } from './press.ts';
import { ADAPTIVE } from './responder.ts';
import { CAME_TWICE, dialogOfReply, NOT_OURS } from './views.ts';

/** A dialog that is opened or sent: the form with its errors in place, or the answer in the form's stead. */
export async function onDialog(parts: TeamsParts, activity: { readonly value?: unknown }): Promise<TaskModuleResponse> {
  const click = readClick(readTask(activity.value));
  if (click === null) return closing(NOT_OURS);
  const incoming = readEnvelope(activity);
  const work = parts.inFlight.track(press(parts, incoming, click));
  const first = await inTime(work, parts.acknowledgeWithin);
  if (first.kind === 'late') {
    void follow(parts, incoming, work);
    return closing(WORKING);
  }
  const view = dialogOfReply(first.value);
  if (view === null) return closing(CAME_TWICE);
  const card = { contentType: ADAPTIVE, content: view.card };
  return { task: { type: 'continue', value: { title: view.title, width: 'medium', height: 'medium', card } } };
}

function closing(value: string): TaskModuleResponse {
  return { task: { type: 'message', value } };
}
