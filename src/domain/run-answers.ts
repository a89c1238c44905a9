import type { NightPackFacts } from './night-pack.ts';
import type { Direction, ExecutorKind, GuidedStep, HoldReason, ItemState, RunState } from './run.ts';
import type { WrongCount } from './run-count.ts';
import type { ItemCounts, Progress } from './run-progress.ts';

export interface RunAnswers {
  readonly 'run.shown': RunFacts;
  readonly 'run.preflight': PreflightFacts;
  /** The run's page: its card, and every step so far. */
  readonly 'run.followed': FollowedFacts;
  readonly 'run.manual': ManualFacts;
  /** The manual board's page. */
  readonly 'run.board': BoardFacts;
  readonly 'run.tonight': TonightFacts;
  readonly 'run.night': NightPackFacts;
}

/** The run's card: edited in place while it goes on (rule 19). Instants are ISO texts. */
export interface RunFacts {
  readonly runId: number;
  readonly planNumber: number;
  readonly state: RunState;
  readonly direction: Direction;
  readonly executor: ExecutorKind;
  readonly hold: { readonly reason: HoldReason; readonly words: string; readonly at: string } | null;
  /** Freezes and the incident that stand, in sentences. */
  readonly standing: readonly string[];
  readonly zone: string;
  /** The instant of these facts. */
  readonly at: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly window: { readonly from: string; readonly to: string };
  readonly runner: string;
  readonly deputy: string | null;
  /** To whom a hand-over goes, so that pressed twice it is one. */
  readonly deputyId: number | null;
  readonly progress: Progress;
  readonly counts: ItemCounts;
  readonly secondsLeft: number | null;
  readonly sites: readonly { site: string; name: string; total: number; done: number; left: number }[];
  /** The first few that did not go well, or are being read back. */
  readonly trouble: readonly TroubleLine[];
  readonly guided: GuidedFacts | null;
  readonly undo: UndoFacts | null;
  readonly oldPasUntil: string | null;
  /** What was noted on paper and entered afterwards (rule 30): how many, and the newest few. */
  readonly late: { readonly count: number; readonly newest: readonly LateEntry[] };
  /** Something that was just noticed and has to be said first, e.g. a wrong count. */
  readonly notice: string | null;
  /** Who reads this; left out on the card that everybody sees. */
  readonly you?: RunReader;
}

/** What somebody is in a run: only whoever carries it out is asked for its steps (rule 15). */
export type RunReader = 'runner' | 'deputy' | 'lead' | 'other';

/** A step of the screen or a service by its id: when it happened, and when it was entered. ISO instants. */
export interface LateEntry {
  readonly what: string;
  readonly at: string;
  readonly enteredAt: string;
}

/** One step of a guided run, by whom, when, and how long it took. */
export interface StepTime {
  readonly direction: Direction;
  readonly group: number;
  readonly step: GuidedStep;
  readonly what: string;
  readonly by: string;
  readonly at: string;
  readonly seconds: number;
  readonly recordedAt: string | null;
}

export interface TroubleLine {
  readonly serviceId: string;
  readonly name: string;
  readonly state: ItemState;
  readonly inDoubt: boolean;
  readonly reason: string | null;
}

export interface GuidedFacts {
  readonly step: GuidedStep;
  /** Of the screen's eight. */
  readonly screenStep: number | null;
  readonly group: number;
  readonly groups: number;
  readonly from: { readonly organisation: string; readonly asid: string };
  readonly to: { readonly organisation: string; readonly asid: string };
  readonly changesOrganisation: boolean;
  /** The tick sheet of this group; how many is hidden until it was counted. */
  readonly sites: readonly {
    readonly site: string;
    readonly name: string;
    readonly services: readonly { serviceId: string; name: string }[];
    /** One tick for the whole site, as long as its comparison with the screen holds (rule 6). */
    readonly whole?: boolean;
    readonly counted: number | null;
  }[];
  readonly wrong: readonly WrongCount[];
  readonly countedBy: string | null;
  /** The reader typed one of the counts, so somebody else confirms them. */
  readonly youCounted?: boolean;
  readonly confirmedBy: string | null;
  readonly pressedAt: string | null;
  readonly readBack: readonly { serviceId: string; name: string }[];
  readonly since: string;
}

export interface UndoFacts {
  readonly askedBy: string;
  readonly askedAt: string;
  readonly oldPasCheckedAt: string;
  readonly agreedBy: string | null;
  /** From when whoever asked may go on alone, with a reason (rule 18). */
  readonly aloneFrom: string;
  /** Afterwards it is asked for again (rule 18). */
  readonly countsUntil: string;
  /** The reader asked for it, so somebody else agrees. */
  readonly byYou?: boolean;
}

/** Each gate before a start, with its verdict. */
export interface PreflightFacts {
  readonly planNumber: number;
  readonly services: number;
  readonly may: boolean;
  readonly lines: readonly PreflightLine[];
  readonly openings: readonly string[];
  readonly expectedSeconds: number;
  readonly zone: string;
}

export interface PreflightLine {
  readonly gate: string;
  readonly ok: boolean;
  readonly text: string;
  readonly verb: string | null;
}

/** The manual board: what is left, to be claimed and ticked one by one (rule 17). */
export interface ManualFacts {
  readonly runId: number;
  readonly planNumber: number;
  readonly direction: Direction;
  readonly zone: string;
  readonly left: number;
  readonly byHand: number;
  readonly items: readonly ManualItem[];
  readonly open: boolean;
  /** Why no service may be changed by hand now; null while it may. */
  readonly closedWords: string | null;
  /** Who chose to carry on by hand in working hours, in the words of a role, when and why (rule 12). */
  readonly chosen: readonly { readonly role: string; readonly at: string; readonly reason: string }[];
  /** The reader is one of the two, and has not chosen yet. */
  readonly mayChoose: boolean;
  readonly notice: string | null;
}

export interface FollowedFacts {
  readonly run: RunFacts;
  readonly steps: readonly StepTime[];
}

/** Every service that is left, and what was done by hand, by whom and when. */
export interface BoardFacts extends ManualFacts {
  /** The instant of these facts. */
  readonly at: string;
  readonly done: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly by: string;
    readonly at: string;
    readonly enteredAt: string | null;
  }[];
}

export interface ManualItem {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly state: ItemState;
  readonly reason: string | null;
  readonly to: { readonly organisation: string; readonly asid: string };
  readonly claimedBy: string | null;
  readonly mine: boolean;
  /** Somebody else may take it: it is nobody's, or whoever took it has been quiet for 15 minutes (rule 17). */
  readonly free: boolean;
}

export interface TonightFacts {
  readonly migration: string;
  readonly zone: string;
  readonly plan: { readonly number: number; readonly state: string } | null;
  readonly windows: readonly { readonly from: string; readonly to: string }[];
  readonly outage: { readonly from: string; readonly to: string } | null;
  readonly oldPasUntil: string | null;
  readonly people: readonly { readonly role: string; readonly name: string; readonly telephone: string | null }[];
  readonly contacts: readonly { readonly label: string; readonly value: string }[];
}
