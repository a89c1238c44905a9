import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { DeliveryLedger } from '../store/deliveries-ledger.ts';
import type { Store } from '../store/store.ts';

export interface SendingWork {
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** On the database itself: each of its calls is one statement and needs no transaction around it. */
  readonly ledger: DeliveryLedger;
  readonly mailer: Mailer;
  /** The domain's clock: it judges when a notice is due, and stamps what was sent. */
  readonly clock: Clock;
  readonly owner: string;
  readonly log: Log;
  /** Where mail links begin, without a slash at the end. */
  readonly publicUrl: string;
  /** The sender's address. */
  readonly from: string;
  /** Reports of mail servers reach us by themselves: then those who must be told are asked for theirs (rule 23). */
  readonly readsReports?: boolean;
  /** Something was written that is to be posted. */
  readonly posted?: () => void;
}

/** A mail's whole time at the relay stays under half of it, so that no owner is thought dead while it sends. */
export const SENDING_LEASE_SECONDS = 120;
