import type { Role } from './role.ts';

/** A provider's change of PAS, and its settings. Instants are ISO texts ending in Z. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  /** The provider's ODS code and name. */
  readonly providerOrg: string;
  readonly providerName: string;
  readonly oldAsids: readonly string[];
  readonly newAsid: string;
  /** The new organisation's ODS code, where services move to another organisation too (mergers). */
  readonly newOrg: string | null;
  /** IANA time zone; an unknown one is closed, never UTC (rule 11). */
  readonly zone: string;
  /** The outage: old PAS off to new PAS on; not the bulk update's window. */
  readonly outage: { readonly from: string; readonly to: string } | null;
  /** Until when the old PAS still answers: undo is possible only before. */
  readonly oldPasUntil: string | null;
  readonly settings: Settings;
  readonly contacts: Contacts;
}

export interface Contacts {
  readonly ersSupport: string;
  readonly outageSignUp: string;
  readonly testEnvironment: string;
  readonly pasSupplier: string;
}

/** Every default of the product, changeable per migration (product, Defaults). Lengths in the unit that the name says. */
export interface Settings {
  readonly policy: readonly { readonly role: Role; readonly count: number }[];
  readonly verificationReserveMinutes: number;
  readonly rollbackReserveMinutes: number;
  readonly guidedBaseMinutes: number;
  readonly guidedSecondsPerTick: number;
  readonly byHandMinutesPerService: number;
  readonly failureThresholdPercent: number;
  readonly failuresInARow: number;
  readonly batchSize: number;
  /** How many batches an automation is asked for at once. */
  readonly batchesAtOnce: number;
  /** So many services a minute at most are sent to an automation; null: as fast as it answers. */
  readonly servicesPerMinute: number | null;
  readonly goValidMinutes: number;
  readonly outageCheckValidHours: number;
  readonly noticeLeadWorkingDays: number;
  readonly referrersSentPercent: number;
  readonly voteValidDays: number;
  readonly testBookingValidDays: number;
  readonly extractValidDays: number;
  readonly mailsPerMinute: number | null;
  /** A count of appointment slot issues stands out above so many times its baseline, and by at least so many more (rule 26). */
  readonly asiAlertTimes: number;
  readonly asiAlertMore: number;
  /** Recipients' addresses are deleted so many days after all plans are over. */
  readonly addressKeepDays: number;
  /** Rows of a snapshot that a newer one replaced are deleted so many days later, and so long after the last plan on it is over. */
  readonly snapshotKeepDays: number;
}

export const DEFAULT_SETTINGS: Settings = {
  policy: [
    { role: 'approver', count: 2 },
    { role: 'clinical-safety-officer', count: 1 },
  ],
  verificationReserveMinutes: 60,
  rollbackReserveMinutes: 30,
  guidedBaseMinutes: 15,
  guidedSecondsPerTick: 10,
  byHandMinutesPerService: 3,
  failureThresholdPercent: 5,
  failuresInARow: 3,
  batchSize: 25,
  batchesAtOnce: 4,
  servicesPerMinute: null,
  goValidMinutes: 60,
  outageCheckValidHours: 24,
  noticeLeadWorkingDays: 5,
  referrersSentPercent: 98,
  voteValidDays: 14,
  testBookingValidDays: 30,
  extractValidDays: 45,
  mailsPerMinute: 25,
  asiAlertTimes: 1.5,
  asiAlertMore: 5,
  addressKeepDays: 365,
  snapshotKeepDays: 180,
};
