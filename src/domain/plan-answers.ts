import type { PlanKind, PlanState, PlanWindow } from './plan.ts';
import type { PlanDifference, PlanDifferenceKind } from './plan-comparison.ts';
import type { ServiceRefusal, ServiceWarning } from './plan-warning.ts';
import type { WholeOrganisation } from './plan-whole.ts';
import type { Role } from './role.ts';
import type { TickSheet } from './tick-sheet.ts';

export interface PlanAnswers {
  /** The card of a plan, as posted and as every verb on a plan answers. */
  readonly 'plan.shown': PlanFacts;
  /** What the hash covers, in full; the services are a file. */
  readonly 'plan.opened': PlanOpenedFacts;
  /** What a selection would do, before anything is saved. */
  readonly 'plan.diff': PlanDiffFacts;
  /** A saved plan with every service, for its page. */
  readonly 'plan.whole': WholeFacts & { readonly plan: PlanFacts; readonly words: string; readonly snapshot: number };
  /** A difference with every service, for its page. */
  readonly 'plan.difference': WholeFacts & { readonly diff: PlanDiffFacts };
  readonly 'plan.ticks': PlanTicksFacts;
  /** Selections kept under a name; `services`: how many the newest import has of each. */
  readonly 'plan.waves': {
    readonly zone: string;
    readonly waves: readonly {
      readonly name: string;
      readonly words: string;
      readonly services: number;
      readonly by: string;
      readonly at: string;
    }[];
  };
  /** A plan against another, or against the newest import; all rows are in a file. */
  readonly 'plan.compared': {
    readonly number: number;
    readonly against: { readonly kind: 'import' | 'plan'; readonly number: number };
    readonly services: number;
    readonly counts: readonly { readonly what: PlanDifferenceKind; readonly count: number }[];
    readonly first: readonly PlanDifference[];
  };
  /** The asker is told when this plan lets its services go. */
  readonly 'plan.waiting': { readonly number: number };
  /** A site's list was compared with the live screen; `leftOut`: directly bookable services there that the plan does not take. */
  readonly 'plan.screen': {
    readonly number: number;
    readonly site: string;
    readonly whole: boolean;
    /** What the person counted on the screen. */
    readonly counted: number;
    /** The import lists another number: the run is not open until that is cleared up. */
    readonly differs: boolean;
    readonly acceptedBecause: string | null;
    readonly leftOut: number;
    readonly until: string;
    readonly zone: string;
  };
}

export interface WholeFacts {
  readonly organisations: readonly WholeOrganisation[];
  /** Of the organisations and sites that are known by name. */
  readonly names: Readonly<Record<string, string>>;
}

/** Everything on the plan's card. Instants are ISO texts; people are names. */
export interface PlanFacts {
  readonly planId: number;
  readonly number: number;
  readonly kind: PlanKind;
  readonly migration: string;
  readonly zone: string;
  readonly state: PlanState;
  readonly stateWords: string;
  readonly code: string | null;
  readonly hash: string | null;
  readonly services: number;
  readonly sites: readonly SiteFacts[];
  readonly fromAsids: readonly string[];
  readonly toAsid: string;
  readonly toOrganisation: string | null;
  /** Freezes and the incident that stand, in sentences. */
  readonly standing: readonly string[];
  readonly outage: { readonly from: string; readonly to: string } | null;
  readonly windows: readonly PlanWindow[];
  readonly notice: NoticeOnPlan | null;
  /** The e-RS lead's reason for a shorter notice lead (rule 24), or null. */
  readonly shortLead: string | null;
  readonly warnings: readonly { readonly why: ServiceWarning; readonly count: number }[];
  readonly votes: readonly VoteFacts[];
  readonly needed: readonly { readonly role: Role; readonly words: string; readonly count: number }[];
  /** Whose vote is still wanted. */
  readonly couldVote: readonly string[];
  readonly votesValidUntil: string | null;
  readonly runner: string | null;
  readonly deputy: string | null;
  readonly author: string;
  readonly verification: number;
  readonly critical: number;
  /** What differs from the version before, while votes are asked for again. */
  readonly changes: readonly string[];
  /** What stands before the submit, of a draft. */
  readonly blockers: readonly string[];
  readonly last: { readonly words: string; readonly at: string } | null;
}

export interface SiteFacts {
  readonly organisation: string;
  readonly site: string;
  /** The name where an imported list has it, else the code. */
  readonly name: string;
  readonly count: number;
}

export interface VoteFacts {
  readonly role: Role;
  readonly words: string;
  /** Null: still missing. */
  readonly at: string | null;
  readonly by: string | null;
}

/** The planned notice of this outage. */
export interface NoticeOnPlan {
  readonly dueAt: string;
  readonly sent: boolean;
  readonly commissioners: number;
  readonly referrers: number;
}

export interface PlanOpenedFacts {
  readonly plan: PlanFacts;
  readonly verificationServices: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly site: string;
  }[];
  readonly selection: string;
  readonly wording: readonly { readonly name: string; readonly text: string }[];
  readonly audience: string;
  readonly undo: number;
  readonly versions: readonly { readonly code: string; readonly at: string; readonly changes: readonly string[] }[];
}

export interface PlanDiffFacts {
  /** The plan that is being changed, or null: a new one. */
  readonly number: number | null;
  readonly kind: PlanKind;
  readonly words: string;
  readonly snapshot: number;
  readonly services: number;
  readonly sites: readonly (SiteFacts & { readonly fromAsids: readonly string[]; readonly leftOut: number })[];
  readonly toAsid: string;
  readonly toOrganisation: string | null;
  readonly added: number;
  readonly removed: number;
  readonly refused: readonly {
    readonly why: ServiceRefusal;
    readonly count: number;
    readonly examples: readonly string[];
    /** "plan 2 by a planner", where another plan holds them. */
    readonly holders: readonly string[];
  }[];
  readonly warnings: readonly {
    readonly why: ServiceWarning;
    readonly count: number;
    readonly examples: readonly string[];
  }[];
  readonly runner: string | null;
  readonly deputy: string | null;
  readonly verification: readonly string[];
  /** What saving does to the votes, if there are any. */
  readonly votes: 'none' | 'keep' | 'ask-safety-officer-again' | 'void';
  /** The verb's input that saves exactly this. */
  readonly save: { readonly verb: 'plan' | 'practice'; readonly input: Readonly<Record<string, string>> };
}

export interface PlanTicksFacts {
  readonly number: number;
  readonly planName: string;
  readonly code: string | null;
  readonly stateWords: string;
  readonly toAsid: string;
  readonly toOrganisation: string | null;
  /** When it was compiled; whole sites hold until 24 hours after their comparison. */
  readonly at: string;
  readonly zone: string;
  /** Who compared which whole site with the screen, and when. */
  readonly compared: readonly {
    readonly organisation: string;
    readonly site: string;
    readonly by: string;
    readonly at: string;
  }[];
  /** The test services of practice plans: the screen lists them too. */
  readonly testServices: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly site: string;
    readonly ticked: boolean;
  }[];
  readonly sheet: TickSheet;
  readonly names: Readonly<Record<string, string>>;
}
