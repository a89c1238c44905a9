import { KIND_RULES, type NoticeFacts, type NoticeKind } from '../../src/domain/notice.ts';
import type { WordingEntry } from '../../src/domain/notice-wording.ts';
import type { PlannedService } from '../../src/domain/plan.ts';

/** What a careful communications lead would have written. */
export const WORDING: readonly WordingEntry[] = [
  write(
    'cancer',
    'Do not hold a referral. Refer in e-RS as usual, then telephone {phone} so that we book the patient at once.',
  ),
  write('contactPhone', '01632 960 100'),
  write('contactEmail', 'ers.migration@rehearsal.example'),
  write('contactHours', 'Day and night on the days of the change'),
  write('patientContact', 'We telephone these patients within 2 working days.'),
  write(
    'continuity',
    'Clinics go on. Reception uses printed lists from an hour before the outage on.\n\n- urgent letters go by secure email\n- results are not affected',
  ),
  write('nextUpdate', 'When booking is open again, or {outage_end} if it takes longer.'),
  write('update', 'The test of the new system went well.'),
];

export function factsOf(kind: NoticeKind, more: Partial<NoticeFacts> = {}): NoticeFacts {
  return {
    kind,
    reference: 'XR1-1-2',
    version: 2,
    provider: { code: 'XR1', name: 'Rehearsal Hospitals NHS Trust' },
    zone: 'Europe/London',
    outage: { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' },
    earlierOutage: null,
    services: {
      count: 248,
      urgentSuspectedCancer: 12,
      sites: [
        { code: 'XR101', name: 'City Hospital', count: 131 },
        { code: 'XR102', name: 'General Hospital', count: 74 },
        { code: 'XR103', name: 'Park Hospital', count: 43 },
      ],
      onNationalMenu: false,
    },
    wording: {
      ...Object.fromEntries(WORDING.map((entry) => [entry.field, entry.text.replace('{phone}', '01632 960 100')])),
      urgent: 'Refer in e-RS as usual.',
      routine: 'Refer in e-RS as usual and let the patient book after the outage.',
      works: 'Creating and sending referrals in e-RS\nAppointments that are already booked',
      stops: 'Booking, changing and cancelling appointments at these services in e-RS',
    },
    replaces: 'XR1-1-1',
    completedAt: kind === 'completed' ? '2026-12-08T22:40:00Z' : null,
    calendar: {
      uid: 'abc@changeover.outage',
      sequence: 0,
      stamp: '2026-12-01T09:00:00Z',
      method: KIND_RULES[kind].calendar,
    },
    ...more,
  };
}

export function plannedService(id: string, more: Partial<PlannedService> = {}): PlannedService {
  return {
    serviceId: id,
    name: `Service ${id}`,
    site: 'XR101',
    specialty: 'CARDIOLOGY',
    from: { organisation: 'XR1', asid: '200000000220' },
    to: { organisation: 'XR1', asid: '200000001337' },
    published: true,
    twoWeekWait: false,
    businessCritical: false,
    onSecondaryCareMenu: false,
    slotReservationPeriod: 0,
    ...more,
  };
}

function write(field: WordingEntry['field'], text: string): WordingEntry {
  return { kind: 'all', field, text };
}
