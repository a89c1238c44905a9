import type { LeftOut } from './audience.ts';
import type { CodeOfPractices } from './commissioner-map.ts';
import type { DeliveryCounts } from './delivery.ts';
import type { NoticeFacts, NoticeKind, NoticeStatus } from './notice.ts';
import type { FixedTime } from './notice-fixed-times.ts';
import type { InformedVerdict } from './notice-informed.ts';
import type { SendingForecast } from './notice-lead.ts';
import type { WelshFacts } from './notice-welsh-answers.ts';

export interface NoticeAnswers {
  readonly 'recipients.shown': RecipientsFacts;
  readonly 'notices.listed': NoticesFacts;
  /** The card of one notice, as posted while it goes out. */
  readonly 'notice.shown': NoticeShownFacts;
  readonly 'notice.previewed': NoticePreviewFacts;
  /** What a person confirms: the number, the time, the lead. */
  readonly 'notice.asked': NoticeAskedFacts;
  readonly 'wording.shown': WordingFacts;
  readonly 'welsh.shown': WelshFacts;
  readonly 'calls.shown': CallsFacts;
  readonly 'bounces.read': BouncesFacts;
  readonly 'mapping.shown': MappingFacts;
}

export interface RecipientsFacts {
  readonly commissioners: number;
  readonly referrers: number;
  /** Listed, but no mail can go there. */
  readonly unreachable: number;
  readonly merged: number;
  readonly notInEffect: number;
  /** Who gets Welsh and English. */
  readonly inWelsh: number;
  /** By their codes practices in Wales, and not marked for Welsh. */
  readonly inWales: number;
  /** Left out, or told at another address, by the rule. */
  readonly leftOut: readonly LeftOut[];
  /** The first few addresses that somebody should look at; the file has all. */
  readonly doubts: readonly { readonly code: string; readonly email: string; readonly doubt: string }[];
  readonly doubted: number;
  readonly lists: readonly {
    readonly list: string;
    readonly commissioners: number;
    readonly referrers: number;
    readonly chosen: boolean;
  }[];
  readonly practicesOf: readonly string[];
  /** One recipient that was asked for, and why it is in. */
  readonly asked: readonly {
    readonly code: string;
    readonly name: string;
    readonly kind: string;
    readonly email: string | null;
    readonly why: string;
    readonly problem: string | null;
  }[];
  /** Nobody with the code that was asked for. */
  readonly notFound: string | null;
}

export interface NoticesFacts {
  readonly zone: string;
  readonly outage: { readonly from: string; readonly to: string } | null;
  readonly informed: InformedVerdict;
  /** What people have to be told next; null where they know how it is. */
  readonly due: {
    readonly kind: NoticeKind;
    readonly why: string;
    readonly what: string;
    readonly plan: number | null;
  } | null;
  readonly notices: readonly NoticeLine[];
  readonly addressReports: number;
  /** Why mails that came back are not read from their mailbox now. */
  readonly returnsProblem: string | null;
}

export interface NoticeLine {
  readonly id: number;
  /** The kind in words: "planned outage". */
  readonly what: string;
  readonly reference: string;
  readonly kind: NoticeKind;
  readonly status: NoticeStatus;
  readonly dueAt: string;
  readonly total: number;
  readonly told: number;
  readonly failed: number;
  readonly unknown: number;
}

export interface NoticeShownFacts {
  readonly id: number;
  readonly what: string;
  readonly zone: string;
  readonly reference: string;
  readonly kind: NoticeKind;
  readonly test: boolean;
  readonly status: NoticeStatus;
  readonly dueAt: string;
  readonly finishedAt: string | null;
  /** Why it is held, where no person held it. */
  readonly heldWhy: string | null;
  readonly total: number;
  readonly counts: DeliveryCounts;
  readonly commissioners: { readonly total: number; readonly told: number };
  readonly referrers: { readonly total: number; readonly told: number };
  readonly lastSentAt: string | null;
  /** Failed, with an address that could be tried again. */
  readonly resendable: number;
  readonly mailsPerMinute: number | null;
  readonly pageUrl: string | null;
  /** The first few that failed or are unknown; the file has all. */
  readonly problems: readonly {
    readonly code: string;
    readonly name: string;
    readonly status: string;
    readonly reply: string;
  }[];
  /** What was just done to it, for the person who did it. */
  readonly did: string | null;
}

export interface NoticePreviewFacts {
  readonly what: string;
  /** The number of the plan that it is about: what is pressed on the card is about that one, whatever else is open. */
  readonly plan: number | null;
  readonly notice: NoticeFacts;
  readonly faults: readonly string[];
  /** Times to read again: they were written before the outage got another time. */
  readonly fixedTimes: readonly FixedTime[];
  readonly mails: number;
  /** Of the mails, in Welsh and English. */
  readonly inWelsh: number;
  readonly code: string;
  readonly locked: string | null;
}

export interface NoticeAskedFacts {
  readonly what: string;
  /** As in the preview. */
  readonly plan: number | null;
  readonly notice: NoticeFacts;
  readonly code: string;
  readonly mails: number;
  readonly commissioners: number;
  readonly referrers: number;
  readonly unreachable: number;
  readonly merged: number;
  /** Of the mails, in Welsh and English. */
  readonly inWelsh: number;
  /** Why those marked for Welsh get English only; null: they get both, or nobody is marked. */
  readonly englishOnly: string | null;
  /** Addresses that somebody should look at first. */
  readonly doubted: number;
  readonly leftOut: number;
  /** Practices whose commissioner of today nobody wrote down. */
  readonly unmapped: number;
  readonly mailsPerMinute: number | null;
  readonly forecast: SendingForecast;
  /** It would go later than now. */
  readonly later: boolean;
  readonly leadWorkingDays: number;
  /** Does this kind count for the lead (planned, moved)? */
  readonly leadCounts: boolean;
  readonly fixedTimes: readonly FixedTime[];
  readonly needsTest: boolean;
  readonly tested: boolean;
}

export interface WordingFacts {
  readonly what: string;
  readonly kind: NoticeKind | 'all';
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly hint: string;
    readonly text: string | null;
    /** Written for this migration, the product's own, or missing. */
    readonly source: 'written' | 'standard' | 'missing';
  }[];
  readonly saved: readonly string[];
  /** Times that would be said again when the outage moves or takes longer. */
  readonly fixedTimes: readonly FixedTime[];
  readonly variables: readonly string[];
}

export interface CallsFacts {
  readonly zone: string;
  readonly calls: readonly {
    readonly code: string;
    readonly name: string;
    readonly telephone: string | null;
    readonly reason: string;
    readonly doneBy: string | null;
    readonly doneAt: string | null;
  }[];
  /** Referrers that no mail has reached, of how many; and whether the rest was accepted. */
  readonly referrers: { readonly total: number; readonly told: number; readonly accepted: string | null };
  readonly addressReports: readonly {
    readonly id: number;
    readonly reference: string;
    readonly who: string;
    readonly text: string;
    readonly at: string;
  }[];
}

/** What a file of returned mails changed. */
export interface BouncesFacts {
  readonly mails: number;
  /** Mails that are no delivery report, or not about one of ours: automatic replies, for instance. */
  readonly noReport: number;
  /** Reports about mails of another migration or installation. */
  readonly strange: number;
  /** Servers that still try. */
  readonly delayed: number;
  /** Known before. */
  readonly unchanged: number;
  readonly delivered: number;
  readonly bounced: readonly {
    readonly code: string;
    readonly name: string;
    readonly kind: string;
    readonly reference: string;
    readonly reply: string;
  }[];
}

/** How far the table of commissioners reaches, by the practice file. */
export interface MappingFacts {
  readonly lines: number;
  /** Lines of the file that was just read; null where none was. */
  readonly kept: number | null;
  readonly wrong: number;
  /** The ISO day that this is about. */
  readonly day: string;
  readonly codes: number;
  readonly listed: CodesOfPractices;
  readonly notListed: CodesOfPractices;
  readonly unmapped: CodesOfPractices & { readonly first: readonly CodeOfPractices[] };
  readonly sources: readonly string[];
}

interface CodesOfPractices {
  readonly codes: number;
  readonly practices: number;
}
