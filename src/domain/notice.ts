/** The kinds of notice (rule 20), in the order in which a migration meets them. */
export const NOTICE_KINDS = [
  'planned',
  'reminder',
  'started',
  'extended',
  'moved',
  'completed',
  'rolled-back',
  'cancelled',
  'update',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface KindRule {
  /** As a person reads it: "planned outage". */
  readonly words: string;
  /** Who gets it: the whole audience, or only those who were told before (rules 20 and 22). */
  readonly to: 'audience' | 'told';
  /** Approved with the plan: may be sent at night without a test send (rule 21). */
  readonly atNight: boolean;
  /** What its calendar event does to the reader's calendar, if it has one (rule 22). */
  readonly calendar: 'PUBLISH' | 'CANCEL' | null;
  /** Until when it waits: an outage known, or the plan completed (rule 25). */
  readonly needs: 'outage' | 'completed' | 'nothing';
}

export const KIND_RULES: Readonly<Record<NoticeKind, KindRule>> = {
  planned: kind('planned outage', 'audience', 'PUBLISH', 'outage'),
  reminder: kind('reminder', 'told', 'PUBLISH', 'outage'),
  started: kind('outage started', 'audience', null, 'outage'),
  extended: kind('outage extended', 'audience', 'PUBLISH', 'outage', { atNight: true }),
  moved: kind('outage moved', 'audience', 'PUBLISH', 'outage', { atNight: true }),
  completed: kind('outage over', 'audience', null, 'completed', { atNight: true }),
  'rolled-back': kind('change taken back', 'audience', null, 'outage', { atNight: true }),
  cancelled: kind('outage cancelled', 'told', 'CANCEL', 'nothing'),
  update: kind('update', 'audience', null, 'nothing'),
};

/** Where a notice is: a held one can go on (rule 21); nothing leaves `finished` and `withdrawn`. */
export type NoticeStatus = 'scheduled' | 'sending' | 'held' | 'finished' | 'withdrawn';

/** A notice as sent or scheduled: its facts are a snapshot, so that a later change of the plan never rewrites it. */
export interface Notice {
  readonly id: number;
  readonly migrationId: number;
  readonly planId: number | null;
  readonly kind: NoticeKind;
  /** A send to oneself, which counts for nothing else. */
  readonly test: boolean;
  /** The part of the page's address that cannot be guessed. */
  readonly token: string;
  /** What no mail shows: it makes the names of the mails (delivery-report.ts). */
  readonly mailKey: string;
  /** The hash of words and audience that was previewed and confirmed. */
  readonly contentHash: string;
  readonly facts: NoticeFacts;
  readonly status: NoticeStatus;
  readonly dueAt: string;
  readonly mailsPerMinute: number | null;
  readonly createdBy: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly heldAt: string | null;
  /** Why, where no person held it. */
  readonly heldWhy: string | null;
  /** The notice that took this one's place. */
  readonly replacedBy: number | null;
}

/** Everything that a notice says, before it is put into words. Instants are ISO texts ending in Z. */
export interface NoticeFacts {
  readonly kind: NoticeKind;
  readonly reference: string;
  readonly version: number;
  readonly provider: { readonly code: string; readonly name: string };
  readonly zone: string;
  readonly outage: { readonly from: string; readonly to: string } | null;
  /** The end or span that an earlier notice gave, for "extended" and "moved". */
  readonly earlierOutage: { readonly from: string; readonly to: string } | null;
  readonly services: ServicesAffected;
  /** Texts that people wrote for this migration, variables filled in (notice-wording.ts). */
  readonly wording: Readonly<Record<string, string>>;
  /** The same in Welsh, all of it; left out where any of it is not there (notice-welsh.ts). */
  readonly welsh?: NoticeInWelsh;
  readonly replaces: string | null;
  /** Since when booking is open again, for "completed" and "rolled back". */
  readonly completedAt: string | null;
  readonly calendar: NoticeCalendar;
}

/** What a notice needs to be said in Welsh: standard sentences by their key, with `{names}`, and the team's texts, filled in. */
export interface NoticeInWelsh {
  readonly words: Readonly<Record<string, string>>;
  readonly wording: Readonly<Record<string, string>>;
}

/** The outage in the reader's calendar: one event a migration; `method` null: this notice brings none. */
export interface NoticeCalendar {
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: string;
  readonly method: KindRule['calendar'];
}

export interface ServicesAffected {
  readonly count: number;
  readonly urgentSuspectedCancer: number;
  readonly sites: readonly { readonly code: string; readonly name: string; readonly count: number }[];
  /** Any of them on the national secondary care menu: neighbours may refer too (rule 20). */
  readonly onNationalMenu: boolean;
}

/** One line of the notice page's list. */
export interface ServiceLine {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly specialty: string | null;
}

function kind(
  words: string,
  to: KindRule['to'],
  calendar: KindRule['calendar'],
  needs: KindRule['needs'],
  more: { atNight?: boolean } = {},
): KindRule {
  return { words, to, calendar, needs, atNight: more.atNight ?? false };
}
