import { describe, expect, it } from 'vitest';
import type { Notice, NoticeKind } from '../../src/domain/notice.ts';
import { composeNotice, contentHash, type NoticeInput } from '../../src/domain/notice-facts.ts';
import { deliveryOfRef, deliveryRef } from '../../src/domain/notice-links.ts';
import { wordingOf } from '../../src/domain/notice-wording.ts';
import { factsOf, plannedService, WORDING } from '../support/notice-facts.ts';

const OUTAGE = { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' };
const INPUT: NoticeInput = {
  kind: 'planned',
  migration: {
    id: 3,
    name: 'New PAS',
    providerOrg: 'XR1',
    providerName: 'The trust',
    zone: 'Europe/London',
    outage: OUTAGE,
  },
  services: [
    plannedService('1'),
    plannedService('2', { site: 'XR102', twoWeekWait: true, onSecondaryCareMenu: true }),
    plannedService('3', { site: 'XR102' }),
  ],
  siteNames: new Map([['XR102', 'General Hospital']]),
  wording: WORDING,
  welsh: [],
  earlier: [],
  completedAt: null,
  now: Temporal.Instant.from('2026-12-01T09:00:00Z'),
};

function sent(kind: NoticeKind, id: number, outage = OUTAGE): Notice {
  const { facts } = composeNotice({ ...INPUT, kind, migration: { ...INPUT.migration, outage } });
  return {
    id,
    migrationId: 3,
    planId: 1,
    kind,
    test: false,
    mailKey: 'k',
    token: 't',
    contentHash: 'h',
    facts,
    status: 'finished',
    dueAt: '2026-12-01T09:00:00Z',
    mailsPerMinute: null,
    createdBy: 1,
    createdAt: '2026-12-01T09:00:00Z',
    startedAt: '2026-12-01T09:00:00Z',
    finishedAt: '2026-12-01T09:05:00Z',
    heldAt: null,
    heldWhy: null,
    replacedBy: null,
  };
}

describe('what a notice says', () => {
  it('20: its numbers come from the plan: services by site, suspected cancer, the national menu', () => {
    const { facts, faults } = composeNotice(INPUT);
    expect(faults).toEqual([]);
    expect(facts.services).toEqual({
      count: 3,
      urgentSuspectedCancer: 1,
      onNationalMenu: true,
      sites: [
        { code: 'XR102', name: 'General Hospital', count: 2 },
        { code: 'XR101', name: 'XR101', count: 1 },
      ],
    });
    expect(facts.wording.cancer).toContain('telephone 01632 960 100');
  });

  it('20: everything that is missing comes back at once', () => {
    const { faults } = composeNotice({
      ...INPUT,
      wording: [],
      services: [],
      migration: { ...INPUT.migration, outage: null },
    });
    expect(faults.map((fault) => fault.field ?? fault.label)).toEqual([
      'Outage',
      'Services',
      'cancer',
      'patientContact',
      'continuity',
      'nextUpdate',
      'contactPhone',
      'contactEmail',
      'contactHours',
    ]);
  });

  it('22: the event keeps its UID; what changes for the reader raises SEQUENCE, a repeated notice does not', () => {
    const moved = { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' };
    const first = sent('planned', 1);
    const reminder = composeNotice({ ...INPUT, kind: 'reminder', earlier: [first] }).facts;
    const move = composeNotice({
      ...INPUT,
      kind: 'moved',
      earlier: [first],
      migration: { ...INPUT.migration, outage: moved },
    }).facts;
    const cancel = composeNotice({ ...INPUT, kind: 'cancelled', earlier: [first] }).facts;
    expect(new Set([first.facts, reminder, move, cancel].map((facts) => facts.calendar.uid)).size).toBe(1);
    expect([first.facts, reminder, move, cancel].map((facts) => facts.calendar.sequence)).toEqual([0, 0, 1, 1]);
    expect(move.earlierOutage).toEqual(OUTAGE);
    expect(cancel.calendar.method).toBe('CANCEL');
    expect(move.replaces).toBe(first.facts.reference);
  });

  it('20: completed waits for the plan', () => {
    expect(composeNotice({ ...INPUT, kind: 'completed' }).faults).toMatchObject([{ label: 'Completed' }]);
    expect(composeNotice({ ...INPUT, kind: 'completed', completedAt: '2026-12-08T22:40:00Z' }).faults).toEqual([]);
  });

  it('21: the code that a person confirms changes with words and recipients, not with the moment', () => {
    const member = {
      key: 'a@b.example',
      code: 'A1',
      name: 'A',
      kind: 'referrer',
      email: 'a@b.example',
      telephone: null,
      why: 'x',
      fault: null,
      also: [],
      language: 'en',
    } as const;
    const now = contentHash(composeNotice(INPUT).facts, [member]);
    const later = { ...INPUT, now: Temporal.Instant.from('2026-12-01T10:00:00Z') };
    expect(contentHash(composeNotice(later).facts, [member])).toBe(now);
    expect(contentHash(composeNotice(INPUT).facts, [])).not.toBe(now);
    const other = { ...INPUT, wording: [...WORDING, { kind: 'planned', field: 'cancer', text: 'Ring us' } as const] };
    expect(contentHash(composeNotice(other).facts, [member])).not.toBe(now);
  });
});

describe('wording', () => {
  const values = {
    provider: 'P',
    outage: 'O',
    outage_start: 'S',
    outage_end: 'E',
    services: 'N',
    phone: '1',
    email: '',
  };

  it('20: what is written for one kind wins over what is written for all', () => {
    const { texts } = wordingOf(
      'planned',
      [...WORDING, { kind: 'planned', field: 'nextUpdate', text: 'Soon' }],
      values,
    );
    expect(texts.nextUpdate).toBe('Soon');
  });

  it('20: an unknown name in braces, or one without a value, is a fault; nothing else is a language', () => {
    const one = (text: string) => wordingOf('update', [{ kind: 'all', field: 'update', text }], values);
    expect(one('{provider} {{provider}} {% if %}').texts.update).toBe('P {P} {% if %}');
    expect(one('see {password}').faults[0]?.problem).toContain('{password} is not known');
    expect(one('see {email}').faults[0]?.problem).toContain('has no value yet');
    expect(one('see {constructor}').faults[0]?.problem).toContain('is not known');
  });
});

describe('the link of a delivery', () => {
  it('22: only who holds the token can make one', () => {
    expect(deliveryOfRef(factsOf('planned').reference, deliveryRef(factsOf('planned').reference, 7))).toBe(7);
    expect(deliveryOfRef('other', deliveryRef('token', 7))).toBeNull();
    for (const ref of ['', '7', '7-', '7-000000000000', `${'9'.repeat(12)}-000000000000`]) {
      expect(deliveryOfRef('token', ref)).toBeNull();
    }
  });
});
