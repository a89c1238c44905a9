import type { AsiAnswers } from '../../../src/domain/asi-shown.ts';
import type { PackAnswers } from '../../../src/domain/pack.ts';
import type { ReconcileAnswers } from '../../../src/domain/reconcile-shown.ts';
import type { SamplesFor } from './samples-for.ts';

export const recordSamples: SamplesFor<PackAnswers & ReconcileAnswers & AsiAnswers> = {
  'reconcile.shown': [
    {
      what: 'Read on the screen the same night',
      facts: {
        zone: 'Europe/London',
        plan: 12,
        site: null,
        notice: '1 service read: 1 not as planned.',
        readings: [
          {
            serviceId: '7012345',
            name: 'Cardiology, rapid access',
            site: 'XR101',
            planned: '200000001337',
            read: { serviceId: '7012345', asid: '200000000220', by: 'A tester', at: '2026-12-08T22:10:00Z' },
          },
          { serviceId: '7012350', name: 'Dermatology', site: 'XR102', planned: '200000001337', read: null },
        ],
        read: 1,
        toRead: 2,
        openCount: 1,
        open: [
          {
            serviceId: '7012345',
            name: 'Cardiology, rapid access',
            site: 'XR101',
            kind: 'still-old',
            detail: '200000001337 planned, 200000000220 read',
            source: 'screen',
            foundAt: '2026-12-08T22:10:00Z',
            settled: null,
            words: 'still on the old system',
            owner: 'service definer',
          },
        ],
        settled: 0,
        compared: null,
      },
    },
    {
      what: 'Compared with the next extract',
      facts: {
        zone: 'Europe/London',
        plan: 12,
        site: null,
        notice: 'Snapshot 4: 412 as planned, 0 differences.',
        readings: [
          {
            serviceId: '7012345',
            name: 'Cardiology, rapid access',
            site: 'XR101',
            planned: '200000001337',
            read: { serviceId: '7012345', asid: '200000001337', by: 'A tester', at: '2026-12-08T22:10:00Z' },
          },
        ],
        read: 1,
        toRead: 1,
        openCount: 0,
        open: [],
        settled: 0,
        compared: {
          snapshot: 4,
          taken: '2026-12-31',
          asPlanned: 412,
          differences: 0,
          by: 'A planner',
          at: '2027-01-06T10:05:00Z',
        },
      },
    },
  ],
  'asi.shown': [
    {
      what: 'Appointment slot issues against the baseline',
      facts: {
        plan: 12,
        zone: 'Europe/London',
        notice: null,
        totals: [
          { priority: 'routine', words: 'routine', day: 'baseline', total: 12 },
          { priority: 'routine', words: 'routine', day: '+1', total: 38 },
          { priority: 'routine', words: 'routine', day: '+3', total: null },
          { priority: 'urgent', words: 'urgent', day: 'baseline', total: 2 },
          { priority: 'urgent', words: 'urgent', day: '+1', total: 3 },
          { priority: '2ww', words: 'urgent suspected cancer', day: 'baseline', total: 0 },
          { priority: '2ww', words: 'urgent suspected cancer', day: '+1', total: 0 },
        ],
        alertFrom: { routine: 19, urgent: 7, '2ww': 1 },
        alertCount: 1,
        settled: [
          {
            words: '7012350 Dermatology, urgent, day +1, 9: the clinic opened more slots',
            by: 'The e-RS lead',
            at: '2026-12-09T11:00:00Z',
          },
        ],
        rule: { times: 1.5, more: 5, source: 'default' },
        alerts: [
          {
            serviceId: '7012345',
            name: 'Cardiology, rapid access',
            priority: 'routine',
            day: '+1',
            count: 22,
            baseline: 4,
            words: 'routine',
            owner: 'e-RS lead',
          },
        ],
        unjudged: 2,
        due: ['+3'],
      },
    },
  ],
  exported: [
    {
      what: 'Everything of a migration',
      facts: { migration: 'Rehearsal PAS migration', tables: 31, rows: 8_214, events: 214, head: '5f1c0e2b9a7d4c3e' },
    },
  ],
  'pack.made': [
    {
      what: 'The evidence pack',
      facts: {
        plan: 12,
        services: 248,
        events: 214,
        head: '5f1c0e2b9a7d4c3e',
        hash: '8a1c0e2b9a7d4c3e',
        name: 'evidence-plan-12-8a1c0e2b',
      },
    },
  ],
};
