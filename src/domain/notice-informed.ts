import { counted, inWords } from '../kernel/time-words.ts';
import type { BankHolidays } from './bank-holidays.ts';
import { leadDeadline } from './notice-lead.ts';

/** What is known about who was told of the outage as it is now planned (rule 24). */
export interface InformedState {
  /** False until a planned or moved notice for this very outage was sent or scheduled. */
  readonly announced: boolean;
  readonly commissioners: {
    readonly total: number;
    readonly told: number;
    /** Neither reached by mail nor phoned. */
    readonly left: readonly { readonly code: string; readonly name: string }[];
  };
  readonly referrers: { readonly total: number; readonly told: number };
  /** When the last commissioner, and the last of the referrers who are needed for the share, was told. */
  readonly toldAt: string | null;
  /** The rest of the referrers, accepted by a named person with a reason. */
  readonly restAccepted: { readonly by: number; readonly reason: string } | null;
  /** The e-RS lead's reason for telling people later than the lead asks. */
  readonly shortLead: { readonly by: number; readonly reason: string } | null;
  /** Why the next notice would be refused for its Welsh, as a sentence; null where it would not. */
  readonly welsh: string | null;
}

export interface InformedSettings {
  readonly noticeLeadWorkingDays: number;
  readonly referrersSentPercent: number;
}

export type InformedFault = 'no-outage' | 'not-announced' | 'commissioners' | 'referrers' | 'rest' | 'lead' | 'welsh';

export interface InformedVerdict {
  readonly ok: boolean;
  /** One line for the checklist and the plan's card. */
  readonly headline: string;
  readonly faults: readonly { readonly fault: InformedFault; readonly text: string; readonly verb: string }[];
  /** Shown on the approval card when the lead is shorter than set (rule 24). */
  readonly shortLead: string | null;
}

/**
 * May the run start, as far as people are informed (rule 24)? Every commissioner told or phoned, the share of referrers
 * told and the rest accepted, all that long before the outage's start. Unknown is never told.
 */
export function informedVerdict(
  state: InformedState,
  outageStart: string | null,
  settings: InformedSettings,
  zone: string,
  known: BankHolidays,
): InformedVerdict {
  if (outageStart === null) return blocked('no-outage', 'No outage is set, so nobody can be told of it.', 'outage');
  if (!state.announced) {
    return blocked('not-announced', 'No notice of this outage has been sent yet.', 'send');
  }
  const faults = [
    ...commissionerFaults(state),
    ...referrerFaults(state, settings.referrersSentPercent),
    ...leadFaults(state, outageStart, settings.noticeLeadWorkingDays, zone, known),
    ...welshFaults(state),
  ];
  return {
    ok: faults.length === 0,
    headline: headlineOf(state),
    faults,
    shortLead: state.shortLead?.reason ?? null,
  };
}

type Fault = InformedVerdict['faults'][number];

function commissionerFaults({ commissioners }: InformedState): Fault[] {
  if (commissioners.total === 0) {
    const text = 'No commissioner was told: the notice had none among its recipients.';
    return [{ fault: 'commissioners', text, verb: 'recipients' }];
  }
  if (commissioners.left.length === 0) return [];
  const names = commissioners.left.slice(0, 5).map((one) => `${one.name} (${one.code})`);
  const more = commissioners.left.length > 5 ? ` and ${commissioners.left.length - 5} more` : '';
  const text = `${counted(commissioners.left.length, 'commissioner')} not told yet: ${names.join(', ')}${more}. Phone them.`;
  return [{ fault: 'commissioners', text, verb: 'calls' }];
}

function referrerFaults({ referrers, restAccepted }: InformedState, percent: number): Fault[] {
  const missing = referrers.total - referrers.told;
  if (missing === 0) return [];
  if (referrers.told * 100 < referrers.total * percent) {
    const text = `${referrers.told} of ${counted(referrers.total, 'referrer')} told; ${percent} % are needed.`;
    return [{ fault: 'referrers', text, verb: 'notices' }];
  }
  if (restAccepted) return [];
  const text = `${counted(missing, 'referrer')} not told: accept them with a reason, or send to them again.`;
  return [{ fault: 'rest', text, verb: 'calls' }];
}

function leadFaults(
  state: InformedState,
  outageStart: string,
  workingDays: number,
  zone: string,
  known: BankHolidays,
): Fault[] {
  if (state.shortLead !== null || state.toldAt === null) return [];
  const deadline = leadDeadline(outageStart, workingDays, zone, known);
  const verb = 'notices';
  if (deadline === null) {
    const text = 'The bank-holiday calendar does not reach this outage, so the lead cannot be counted.';
    return [{ fault: 'lead', text, verb }];
  }
  if (Temporal.Instant.compare(Temporal.Instant.from(state.toldAt), deadline) <= 0) return [];
  const days = counted(workingDays, 'working day');
  const text = `People were told ${inWords(state.toldAt, zone)}; ${days} before the outage was ${inWords(deadline, zone)}. The e-RS lead can give a reason for the shorter lead: /bsu notices lead="REASON".`;
  return [{ fault: 'lead', text, verb }];
}

/** Found before the night, not in it: by then a notice of a longer outage has to go at once (rule 21). */
function welshFaults({ welsh }: InformedState): Fault[] {
  return welsh === null ? [] : [{ fault: 'welsh', text: welsh, verb: 'wording' }];
}

function headlineOf({ commissioners, referrers }: InformedState): string {
  const told = `${commissioners.told} of ${counted(commissioners.total, 'commissioner')}`;
  return `Told: ${told}, ${referrers.told} of ${counted(referrers.total, 'referrer')}.`;
}

function blocked(fault: InformedFault, text: string, verb: string): InformedVerdict {
  return { ok: false, headline: text, faults: [{ fault, text, verb }], shortLead: null };
}
