import type { NoticeFacts } from '../../src/domain/notice.ts';
import { messagesOf } from '../../src/kernel/messages/index.ts';
import { ENGLISH, type Voice, welshVoice } from '../../src/kernel/voice.ts';
import { closingNotice } from './closing-notice.ts';
import type { NoticeDocument } from './document.ts';
import { outageNotice } from './outage-notice.ts';

/** A notice in words, whatever its kind and language. */
export function noticeDocument(facts: NoticeFacts, voice: Voice = ENGLISH): NoticeDocument {
  switch (facts.kind) {
    case 'planned':
    case 'reminder':
    case 'started':
    case 'extended':
    case 'moved':
      return outageNotice(facts, facts.kind, voice);
    case 'completed':
    case 'rolled-back':
    case 'cancelled':
    case 'update':
      return closingNotice(facts, facts.kind, voice);
  }
}

/** One language's version of a notice: its own words, and the team's in that language. */
export interface Version {
  readonly facts: NoticeFacts;
  readonly voice: Voice;
  readonly doc: NoticeDocument;
}

export function englishVersion(facts: NoticeFacts): Version {
  return { facts, voice: ENGLISH, doc: noticeDocument(facts) };
}

/** Null where the notice has no Welsh: it has all of it, or none. A newer program may say more than this notice was given. */
export function welshVersion(facts: NoticeFacts): Version | null {
  const { welsh } = facts;
  if (welsh === undefined) return null;
  if (messagesOf(facts.kind, facts.zone).some((key) => welsh.words[key] === undefined)) return null;
  const voice = welshVoice(welsh.words);
  const own = { ...facts, wording: welsh.wording };
  return { facts: own, voice, doc: noticeDocument(own, voice) };
}
