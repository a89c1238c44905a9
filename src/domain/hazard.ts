import { CONTROLS, type Control } from './hazard-controls.ts';
import type { Risk } from './hazard-risk.ts';
import type { Role } from './role.ts';

/** A hazard of a migration (DCB0129, DCB0160): what could go wrong, what the product does against it, and what proves that it does. */
export interface Hazard {
  readonly key: string;
  readonly title: string;
  /** What it could do to a patient. */
  readonly harm: string;
  readonly cause: string;
  readonly owner: Role;
  /** Without the product's controls. */
  readonly initial: Risk;
  /** With them, until the clinical safety officer says otherwise. */
  readonly residual: Risk;
  readonly controls: readonly Control[];
}

const delayed = 'A patient’s appointment is missed or made late, an urgent suspected cancer referral among them';
const unbookable = 'Patients cannot book, and wait until somebody notices';

/** The starter hazards. A migration adds its own. */
export const HAZARDS: readonly Hazard[] = [
  {
    key: 'wrong-services',
    title: 'The wrong services are selected',
    harm: delayed,
    cause: 'A whole organisation or site is ticked, or a service is created after the extract',
    owner: 'service-definer',
    initial: { likelihood: 'medium', severity: 'major' },
    residual: { likelihood: 'very-low', severity: 'major' },
    controls: CONTROLS['wrong-services'],
  },
  {
    key: 'wrong-asid',
    title: 'Services are linked to the wrong provider system',
    harm: 'Bookings go to a system that nobody works from',
    cause: 'A mistyped ASID, or the wrong line chosen on the screen',
    owner: 'service-definer',
    initial: { likelihood: 'low', severity: 'major' },
    residual: { likelihood: 'very-low', severity: 'major' },
    controls: CONTROLS['wrong-asid'],
  },
  {
    key: 'working-hours',
    title: 'The bulk update runs in working hours',
    harm: 'All booking attempts fail, and appointment slot issues rise',
    cause: 'Somebody is in a hurry, or the run is longer than the window',
    owner: 'e-rs-lead',
    initial: { likelihood: 'medium', severity: 'considerable' },
    residual: { likelihood: 'very-low', severity: 'considerable' },
    controls: CONTROLS['working-hours'],
  },
  {
    key: 'critical-without-slots',
    title: 'A business-critical service has no slots after the change',
    harm: delayed,
    cause: 'No slots arrive until the next night’s polling',
    owner: 'service-definer',
    initial: { likelihood: 'high', severity: 'considerable' },
    residual: { likelihood: 'low', severity: 'considerable' },
    controls: CONTROLS['critical-without-slots'],
  },
  {
    key: 'notice-not-received',
    title: 'A referrer or commissioner does not get the notice',
    harm: 'A referrer cannot book, and has no other way for an urgent referral',
    cause: 'A wrong address, a refusing mail server, a list that is out of date',
    owner: 'communications-lead',
    initial: { likelihood: 'high', severity: 'considerable' },
    residual: { likelihood: 'low', severity: 'considerable' },
    controls: CONTROLS['notice-not-received'],
  },
  {
    key: 'wrong-cancer-route',
    title: 'A notice gives the wrong route for urgent suspected cancer',
    harm: 'An urgent suspected cancer referral is delayed',
    cause: 'Text that was copied, or a telephone number that nobody answers',
    owner: 'communications-lead',
    initial: { likelihood: 'low', severity: 'major' },
    residual: { likelihood: 'very-low', severity: 'major' },
    controls: CONTROLS['wrong-cancer-route'],
  },
  {
    key: 'asis-not-worked',
    title: 'Appointment slot issues rise and are not worked',
    harm: delayed,
    cause: 'Nobody compares the counts after go-live with those before',
    owner: 'e-rs-lead',
    initial: { likelihood: 'medium', severity: 'major' },
    residual: { likelihood: 'low', severity: 'considerable' },
    controls: CONTROLS['asis-not-worked'],
  },
  {
    key: 'displaced-bookings',
    title: 'Bookings are displaced or orphaned',
    harm: 'A patient comes to an appointment that the hospital does not know of, or is never seen',
    cause: 'e-RS holds a booking that the new PAS does not, or the reverse',
    owner: 'e-rs-lead',
    initial: { likelihood: 'medium', severity: 'major' },
    residual: { likelihood: 'low', severity: 'considerable' },
    controls: CONTROLS['displaced-bookings'],
  },
  {
    key: 'stale-extract',
    title: 'The plan is made from an extract that is out of date',
    harm: 'Services are left on the old system, where bookings are lost',
    cause: 'Services changed since the month end',
    owner: 'planner',
    initial: { likelihood: 'medium', severity: 'considerable' },
    residual: { likelihood: 'low', severity: 'significant' },
    controls: CONTROLS['stale-extract'],
  },
  {
    key: 'fails-mid-run',
    title: 'Changeover or e-RS fails in the middle of the run',
    harm: unbookable,
    cause: 'A crash, a lost connection, the bulk tool’s own failure',
    owner: 'service-definer',
    initial: { likelihood: 'medium', severity: 'considerable' },
    residual: { likelihood: 'low', severity: 'significant' },
    controls: CONTROLS['fails-mid-run'],
  },
  {
    key: 'run-twice',
    title: 'The run is carried out twice, or two at once',
    harm: 'Services are changed that were settled already, by a plan that no longer holds',
    cause: 'A repeated click, a retry after an answer that never came',
    owner: 'service-definer',
    initial: { likelihood: 'medium', severity: 'significant' },
    residual: { likelihood: 'very-low', severity: 'significant' },
    controls: CONTROLS['run-twice'],
  },
  {
    key: 'clock-error',
    title: 'A time is understood wrongly',
    harm: 'The update runs in working hours, or people are told another time',
    cause: 'A clock change, a zone, a bank holiday that nobody knew',
    owner: 'planner',
    initial: { likelihood: 'low', severity: 'considerable' },
    residual: { likelihood: 'very-low', severity: 'considerable' },
    controls: CONTROLS['clock-error'],
  },
];
