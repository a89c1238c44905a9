import type { Dispatch } from '../../dispatch.ts';
import type { Log } from '../../kernel/log.ts';
import type { ReplayKeys } from '../../ports/replay-keys.ts';
import type { SlackDirectory } from './directory.ts';
import type { Responder } from './responder.ts';
import type { SlackUploads } from './uploads.ts';
import type { Workspaces } from './workspaces.ts';

/** What the listeners work with. */
export interface SlackParts {
  readonly workspaces: Workspaces;
  readonly dispatch: Dispatch;
  readonly replayKeys: ReplayKeys;
  readonly directory: SlackDirectory;
  readonly responder: Responder;
  readonly uploads: SlackUploads;
  readonly log: Log;
  /** Milliseconds until a request is acknowledged, finished or not; and until its answer is given up. */
  readonly acknowledgeWithin: number;
  readonly giveUpAfter: number;
}
