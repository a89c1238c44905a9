import type { NoticeFacts } from '../../src/domain/notice.ts';
import { closingNotice } from './closing-notice.ts';
import type { NoticeDocument } from './document.ts';
import { outageNotice } from './outage-notice.ts';

/** A notice in words, whatever its kind. */
export function noticeDocument(facts: NoticeFacts): NoticeDocument {
  switch (facts.kind) {
    case 'planned':
    case 'reminder':
    case 'started':
    case 'extended':
    case 'moved':
      return outageNotice(facts, facts.kind);
    case 'completed':
    case 'rolled-back':
    case 'cancelled':
    case 'update':
      return closingNotice(facts, facts.kind);
  }
}
