import type { Card } from '../../src/card/card.ts';
import type { NoticeAskedFacts, NoticePreviewFacts } from '../../src/domain/notice-answers.ts';
import type { Refusal } from '../../src/kernel/errors.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { refusalCard } from '../cards/index.ts';
import { askedCard, documentParts, previewCard } from '../cards/notice-send.ts';
import { welshVersion } from '../notices/words.ts';

/** The facts of a notice's preview page; `asked` is null where this person or this hour may not send it, `why` says so. */
export function noticePreviewView(
  preview: NoticePreviewFacts,
  asked: { readonly code: string; readonly facts: unknown } | null,
  why: Refusal | null,
) {
  const ready = asked?.code === 'notice.asked' ? (asked.facts as NoticeAskedFacts) : null;
  // The preview is this page: a button to it would lead nowhere.
  const sending: Card | null = ready
    ? withoutPreview(askedCard(ready))
    : why
      ? { ...refusalCard(why), actions: [] }
      : null;
  return {
    title: `Notice: ${preview.what}`,
    kind: preview.notice.kind,
    plan: preview.plan,
    preview: previewCard(preview),
    welsh: welshOf(preview),
    sending,
    schedulable: ready !== null,
    when: ready?.forecast.dueAt ?? '',
    zone: preview.notice.zone,
  };
}

/** The Welsh as a card of its own, so that the page can say in which language it is. */
function welshOf({ notice, inWelsh }: NoticePreviewFacts): { readonly title: string; readonly card: Card } | null {
  const version = welshVersion(notice);
  if (version === null) return null;
  const title = `In Welsh, above the English, for ${counted(inWelsh, 'mailbox', 'mailboxes')}`;
  return { title, card: { headline: title, tone: 'neutral', body: documentParts(version.doc, ''), actions: [] } };
}

function withoutPreview(card: Card): Card {
  return { ...card, actions: card.actions.filter((action) => action.kind !== 'do' || action.verb !== 'preview') };
}
