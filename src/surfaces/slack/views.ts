import type { types } from '@slack/bolt';
import type { Card } from '../../card/card.ts';
import type { Form } from '../../card/form.ts';
import { formToSlackModal } from '../../card/form-slack-modal.ts';
import { toSlackBlocks } from '../../card/slack-blocks.ts';
import { Refusal } from '../../kernel/errors.ts';
import { WORKING } from '../reply.ts';
import { writeFormContext } from './form-context.ts';

const METADATA_MAX = 3_000;

/** A card as a modal, with one button to close it. */
export function cardView(card: Card, channelId: string | null): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'bsu-answer',
    title: { type: 'plain_text', text: 'Changeover' },
    close: { type: 'plain_text', text: 'Close' },
    private_metadata: writeFormContext({ verb: '', given: {}, channelId }),
    blocks: toSlackBlocks(card),
  };
}

/** A form as a modal that remembers what is known. Refuses a form with more than Slack lets a modal carry along. */
export function formView(form: Form, channelId: string | null): types.ModalView {
  const metadata = writeFormContext({ verb: form.verb, given: form.given, channelId });
  if (metadata.length > METADATA_MAX) {
    throw new Refusal(
      'too-long',
      'That is more than a Slack form can carry along. Type a shorter line, or use the command line.',
    );
  }
  return formToSlackModal(form, metadata);
}

export function homeView(card: Card): types.HomeView {
  return {
    type: 'home',
    private_metadata: writeFormContext({ verb: '', given: {}, channelId: null }),
    blocks: toSlackBlocks(card),
  };
}

export function workingView(channelId: string | null): types.ModalView {
  return cardView({ headline: WORKING, tone: 'progress', body: [], actions: [] }, channelId);
}
