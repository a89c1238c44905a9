import { canonicalJson, sha256 } from '../kernel/canonical.ts';
import type { AuditHead } from './audit.ts';
import type { HazardLog } from './hazard-log.ts';
import type { Contacts } from './migration.ts';

/** Of the file's form; a later one says so here. */
export const PACK_FORMAT = 'changeover-evidence-pack/1';

/** Everything that shows how a plan was made, approved, run and verified (rule 27). Instants are ISO texts; people are names; no patient data. */
export interface Pack {
  readonly format: typeof PACK_FORMAT;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly migration: {
    readonly name: string;
    readonly provider: string;
    readonly providerName: string;
    readonly oldAsids: readonly string[];
    readonly newAsid: string;
    readonly newOrganisation: string | null;
    readonly zone: string;
    readonly outage: Span | null;
    readonly oldPasUntil: string | null;
  };
  readonly contacts: Contacts;
  readonly people: readonly { readonly name: string; readonly roles: readonly string[] }[];
  readonly plan: PackPlan;
  readonly votes: readonly PackVote[];
  readonly checklist: readonly PackItem[];
  readonly time: PackTime;
  readonly notices: readonly PackNotice[];
  readonly calls: readonly PackSaid[];
  readonly runs: readonly PackRun[];
  readonly polls: readonly PackPoll[];
  readonly verification: PackVerification;
  readonly reconciliation: readonly PackSaid[];
  readonly asi: readonly PackSaid[];
  readonly hazards: HazardLog;
  readonly audit: PackAudit;
}

interface Span {
  readonly from: string;
  readonly to: string;
}

/** What somebody said or noted, in a sentence, and when. */
export interface PackSaid {
  readonly what: string;
  readonly by: string;
  readonly at: string;
}

interface PackLink {
  readonly organisation: string;
  readonly asid: string;
}

export interface PackPlan {
  readonly number: number;
  readonly kind: string;
  readonly state: string;
  readonly code: string | null;
  readonly hash: string | null;
  readonly author: string;
  readonly runner: string | null;
  readonly deputy: string | null;
  readonly snapshot: { readonly number: number; readonly taken: string; readonly sha256: string } | null;
  readonly windows: readonly Span[];
  readonly services: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly site: string;
    readonly from: PackLink;
    readonly to: PackLink;
    readonly businessCritical: boolean;
    readonly verification: boolean;
  }[];
  readonly versions: readonly {
    readonly code: string;
    readonly hash: string;
    readonly at: string;
    readonly changes: readonly string[];
  }[];
}

/** A vote, given or ended, bound to the hash that it was cast on. */
export interface PackVote {
  readonly by: string;
  readonly roles: readonly string[];
  readonly at: string;
  readonly hash: string;
  readonly endedAt: string | null;
  readonly endedWhy: string | null;
}

export interface PackItem {
  readonly title: string;
  readonly owner: string;
  readonly gate: string;
  readonly done: boolean;
  readonly because: string;
  readonly by: string | null;
  readonly at: string | null;
}

/** What decided about the time: hours, stops, outages of e-RS, looks at the service pages, and the go. */
export interface PackTime {
  readonly hours: string;
  readonly stops: readonly (PackSaid & { readonly endedAt: string | null })[];
  readonly ersOutages: readonly (Span & { readonly source: string })[];
  readonly lastLook: PackSaid | null;
  readonly go: readonly (PackSaid & { readonly said: string })[];
}

export interface PackNotice {
  readonly reference: string;
  readonly kind: string;
  readonly status: string;
  readonly dueAt: string;
  readonly hash: string;
  readonly recipients: number;
  readonly counts: Readonly<Record<string, number>>;
}

export interface PackRun {
  readonly number: number;
  readonly how: string;
  readonly state: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly window: Span;
  readonly amberReason: string | null;
  readonly counts: Readonly<Record<string, number>>;
  /** Every service that did not simply go over: failed, needs a person, by hand, undone, or still open. */
  readonly exceptions: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly site: string;
    readonly state: string;
    readonly reason: string | null;
    readonly at: string | null;
  }[];
}

export interface PackPoll {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly owner: string | null;
  readonly seenBy: string | null;
  readonly seenAt: string | null;
  readonly problem: string | null;
}

export interface PackVerification {
  readonly met: boolean;
  readonly faults: readonly string[];
  readonly tests: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly site: string;
    readonly scenario: string;
    readonly state: string;
    readonly reason: string | null;
    readonly reference: string | null;
    readonly by: string | null;
    readonly at: string | null;
  }[];
}

export interface PackAudit {
  readonly chain: string;
  readonly head: AuditHead;
  readonly rows: readonly { readonly seq: number; readonly text: string; readonly hash: string }[];
}

/** Of everything in the pack: the record names it when a pack is made, so that another can be told from it. */
export function packHash(pack: Pack): string {
  return sha256(canonicalJson(pack));
}

export interface PackAnswers {
  readonly 'pack.made': PackMadeFacts;
  /** Everything of a migration, in a file. */
  readonly exported: {
    readonly migration: string;
    readonly tables: number;
    readonly rows: number;
    readonly events: number;
    readonly head: string;
  };
}
export interface PackMadeFacts {
  readonly plan: number;
  readonly services: number;
  readonly events: number;
  readonly head: string;
  readonly hash: string;
  readonly name: string;
}
