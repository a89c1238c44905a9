import type { Dispatch } from '../../dispatch.ts';
import type { InFlight } from '../../kernel/in-flight.ts';
import type { Log } from '../../kernel/log.ts';
import type { Downloads } from '../../ports/downloads.ts';
import type { Installations } from '../../ports/installations.ts';
import type { ReplayKeys } from '../../ports/replay-keys.ts';
import type { TeamsApiFor } from './api-for.ts';
import type { TeamsDirectory } from './directory.ts';
import type { Responder } from './responder.ts';
import type { TeamsUploads } from './uploads.ts';

/** What the listeners work with. */
export interface TeamsParts {
  readonly dispatch: Dispatch;
  readonly replayKeys: ReplayKeys;
  readonly installations: Installations;
  /** Teams takes no file into an answer. */
  readonly downloads: Downloads;
  readonly api: TeamsApiFor;
  readonly directory: TeamsDirectory;
  readonly responder: Responder;
  readonly uploads: TeamsUploads;
  readonly inFlight: InFlight;
  readonly log: Log;
  /** The system clock in milliseconds. */
  readonly now: () => number;
  /** Milliseconds until a request is acknowledged, finished or not; and until its answer is given up. */
  readonly acknowledgeWithin: number;
  readonly giveUpAfter: number;
}
