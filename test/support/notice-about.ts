import { expect } from 'vitest';
import type { Notice, NoticeKind } from '../../src/domain/notice.ts';
import { composeNotice } from '../../src/domain/notice-facts.ts';
import type { WelshText } from '../../src/domain/notice-welsh.ts';
import { plannedService, WORDING } from './notice-facts.ts';

export const TOKEN = 'k3yThatNobodyCanGuess-0123456789';
export const PROVIDER = 'Ysbyty “Gwynedd”, Betsi & <Sons> NHS Trust';
export const NOW = Temporal.Instant.from('2026-10-12T09:00:00Z');
const OUTAGE = { from: '2026-10-24T16:00:00Z', to: '2026-10-25T01:30:00Z' };
const SITES = ['XR101', 'XR102', 'XR103', 'XR104', 'XR105', 'XR106', 'XR107', 'XR108', 'XR109', 'XR110'];

/** A notice about so many services, of a provider whose name needs every kind of encoding. */
export function noticeAbout(kind: NoticeKind, size: number, welsh: readonly WelshText[] = []): Notice {
  const services = Array.from({ length: size }, (_, at) =>
    plannedService(String(7_000_001 + at), {
      site: SITES[at % SITES.length] ?? 'XR101',
      twoWeekWait: at % 5 === 0,
      name: `Service – ${at}`,
    }),
  );
  const { facts, faults } = composeNotice({
    kind,
    migration: { id: 3, name: 'M', providerOrg: 'XR1', providerName: PROVIDER, zone: 'Europe/London', outage: OUTAGE },
    services,
    siteNames: new Map([['XR101', 'Ysbyty Gwynedd']]),
    wording: WORDING,
    welsh,
    earlier: [],
    completedAt: kind === 'completed' || kind === 'rolled-back' ? '2026-10-25T01:10:00Z' : null,
    now: NOW,
  });
  expect(faults).toEqual([]);
  const rest = {
    planId: 1,
    test: false,
    contentHash: 'h',
    status: 'sending',
    dueAt: '',
    mailsPerMinute: null,
  } as const;
  const times = { createdBy: 1, createdAt: '', startedAt: null, finishedAt: null, heldAt: null, heldWhy: null };
  return { id: 9, migrationId: 3, kind, token: TOKEN, mailKey: 'a key', facts, replacedBy: null, ...rest, ...times };
}

/** One recipient of it, whose name needs encoding too. */
export const TO_SURGERY = {
  id: 42,
  code: 'A81001',
  name: 'Meddygfa “Glan-y-Môr” & Co',
  kind: 'referrer' as const,
  email: 'desk@practice.example',
  why: 'list practices',
  language: 'en' as const,
  attempts: 1,
};
