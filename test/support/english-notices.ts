import { createHash } from 'node:crypto';
import { NOTICE_KINDS, type NoticeFacts } from '../../src/domain/notice.ts';
import { noticeMail } from '../../templates/notices/mail.ts';
import { factsOf } from './notice-facts.ts';

/** Of this file alone: another sample in the tests is no other English. */
const WORDS = {
  cancer: 'Do not hold a referral. Refer in e-RS as usual, then telephone 01632 960 100.',
  contactPhone: '01632 960 100',
  contactEmail: 'ers.migration@rehearsal.example',
  contactHours: '8am to 11:30pm on the day of the outage',
  patientContact: 'We telephone these patients within 2 working days.',
  continuity: 'Clinics go on.\n\n- urgent letters go by secure email\n- results are not affected',
  nextUpdate: 'By 11:30pm on the day.',
  update: 'The test of the new system went well.',
  urgent: 'Refer in e-RS as usual.',
  routine: 'Let the patient book after the outage.',
  works: 'Creating referrals in e-RS\nAppointments that are booked',
  stops: 'Booking in e-RS',
};

/** Every kind of notice in English about plans of 1, 12 and 1,500 services, with each thing that changes its words: a digest each. */
export function englishNotices(): Readonly<Record<string, string>> {
  const cases = NOTICE_KINDS.flatMap((kind) =>
    [1, 12, 1500].flatMap((size) =>
      Object.entries(TURNS).map(
        ([turn, facts]) =>
          [`${kind}, ${size}, ${turn}`, digest(factsOf(kind, { wording: WORDS, ...plan(size), ...facts() }))] as const,
      ),
    ),
  );
  return Object.fromEntries(cases);
}

const TURNS: Readonly<Record<string, () => Partial<NoticeFacts>>> = {
  'as usual': () => ({}),
  'the first notice, in British Summer Time, up to midnight': () => ({
    replaces: null,
    outage: { from: '2026-08-06T16:00:00Z', to: '2026-08-06T23:00:00Z' },
  }),
  'no outage': () => ({ outage: null }),
  'over the end of summer time, moved': () => ({
    outage: { from: '2026-10-24T16:00:00Z', to: '2026-10-25T01:30:00Z' },
    earlierOutage: { from: '2026-10-17T11:00:00Z', to: '2026-10-17T22:30:00Z' },
    completedAt: '2026-10-25T00:45:00Z',
  }),
  'another zone': () => ({
    zone: 'Europe/Isle_of_Man',
    outage: { from: '2026-10-24T16:00:00Z', to: '2026-10-25T01:30:00Z' },
    completedAt: '2026-10-25T11:00:00Z',
  }),
  'no telephone number among the words': () => ({
    wording: { ...WORDS, cancer: 'Refer in e-RS.\n\n- <at once> & "always"\n- by telephone' },
  }),
  'no words': () => ({ wording: {} }),
};

function plan(size: number): Partial<NoticeFacts> {
  const sites = Array.from({ length: Math.min(size, 11) }, (_, at) => ({
    code: `XR1${at}`,
    name: at === 3 ? 'XR13' : `Site ${at}`,
    count: at === 0 ? size - Math.min(size, 11) + 1 : 1,
  }));
  return {
    services: { count: size, sites, urgentSuspectedCancer: size === 12 ? 0 : size, onNationalMenu: size === 1500 },
  };
}

function digest(facts: NoticeFacts): string {
  const mail = noticeMail(
    facts,
    { page: 'https://changeover.example/notices/k3y', from: 'notices@rehearsal.example' },
    {
      name: 'Smith & Sons',
      why: 'list practices.csv',
      wrongAddress: 'https://changeover.example/notices/k3y/address?to=1-a&x=2',
    },
  );
  const all = [mail.subject, mail.html, mail.text, mail.calendar?.text ?? 'no calendar'];
  return createHash('sha256').update(all.join('\0')).digest('hex').slice(0, 16);
}
