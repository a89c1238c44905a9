import type { z } from 'zod';
import type { Answers } from './domain/answers.ts';
import type { BankHolidays } from './domain/bank-holidays.ts';
import type { ReadCommissionerMap } from './domain/commissioner-map.ts';
import type { ReadReports } from './domain/delivery-report.ts';
import type { Migration } from './domain/migration.ts';
import type { WelshRow } from './domain/notice-welsh-check.ts';
import type { ReadCalendar } from './domain/outage-calendar.ts';
import type { Pack } from './domain/pack.ts';
import type { AnswerPage, PersonalLink } from './domain/page-link.ts';
import type { Account, Person } from './domain/person.ts';
import type { Role } from './domain/role.ts';
import type { DoctorCheck } from './domain/status.ts';
import type { Subject } from './domain/subject.ts';
import type { Next } from './kernel/errors.ts';
import type { Store } from './store/store.ts';

/** Who may use a verb: the holders of one of these roles, anyone with a role in the migration, or anybody known. */
export type Who = readonly Role[] | 'member' | 'known';

/** What may wait for a file or another system, before the transaction begins (contracts: fetch files before any transaction). */
export interface Intake {
  /** Reads an uploaded file into a snapshot that nobody sees yet. Refuses a patient column before a row is stored. */
  load(request: IntakeRequest): Promise<Staged>;
  /** A small file as text. Refuses what is too big or not UTF-8. */
  text(fileRef: string, mostBytes: number): Promise<{ readonly name: string; readonly text: string }>;
  /** Looks at a file that is evidence and is not kept. Refuses what is too big. */
  look(fileRef: string, mostBytes: number): Promise<LookedAt>;
  /** Reads mails that came back: one, or a mailbox of them. Refuses what is too big. */
  deliveryReports(fileRef: string, mostBytes: number): Promise<ReadReports>;
  /** Reads a table of commissioners: its good lines, and what is wrong with the others. */
  commissionerMap(fileRef: string): Promise<ReadCommissionerMap>;
  /** Reads the file of Welsh words as it came back, row by row. Refuses what is no UTF-8 ("not-utf8"). */
  welshWords(fileRef: string): Promise<readonly WelshRow[]>;
  /** Looks whether a file is a picture (PNG or JPEG); nothing of it is kept but its hash. Refuses "not-a-picture", "file-too-big". */
  picture(fileRef: string): Promise<SeenPicture>;
  /** Reads a calendar of planned outages whole, or refuses it ("bad-calendar", "calendar-unreachable"). */
  calendar(request: CalendarRequest): Promise<ReadCalendar>;
}
/** What is remembered of a screenshot: not its name either, which could be a patient's. */
export interface SeenPicture {
  /** Of its bytes, 64 hexadecimal digits: whoever kept the picture can show that it is the one. */
  readonly sha256: string;
  readonly type: 'png' | 'jpeg';
}
export interface LookedAt {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Of its bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Null: it is no text (a picture, a PDF, a spreadsheet). */
  readonly text: string | null;
}
export interface CalendarRequest {
  readonly source: { readonly fileRef: string } | { readonly url: string };
  /** For all-day events and times that name no zone. */
  readonly zone: string;
  readonly now: Temporal.Instant;
  /** Which outages are wanted; left out: yesterday and two years ahead. */
  readonly from?: Temporal.Instant;
  readonly to?: Temporal.Instant;
}
export interface IntakeRequest {
  readonly migrationId: number;
  readonly personId: number;
  readonly fileRef: string;
  readonly kind: string;
  readonly taken: string | null;
  readonly now: Temporal.Instant;
}
/** Looks at what is configured, outside any transaction. Never rejects: what fails is a finding. */
export interface Diagnosis {
  examine(migrationId: number | null): Promise<readonly DoctorCheck[]>;
}
export interface Staged {
  readonly snapshotId: number;
}

/** One verb. Its file holds its name, help, input, who may, and `run`: no SDK, no SQL, no words for one surface. */
export interface Command<S extends z.ZodObject = z.ZodObject, T = unknown> {
  readonly verb: string;
  /** One line for help. */
  readonly summary: string;
  /** What to type, e.g. "/bsu approve CODE". */
  readonly examples: readonly string[];
  readonly who: Who;
  /** Anyone with a role may look: the verb with nothing but a plan. Doing something stays with `who`. */
  readonly anyoneLooks?: true;
  /** Teams allows twelve verbs a menu: in a team, in the personal chat, or in no menu (contracts, Chat). */
  readonly menu: 'team' | 'personal' | 'none';
  /** False for the few verbs that need no migration (help, start, grant of an administrator, doctor, hours). */
  readonly needsMigration: boolean;
  /** It may take a role away: it waits until nobody acts by one, and nobody acts meanwhile. */
  readonly takesRoles?: true;
  /** Declared once; what is missing becomes a form. Fields carry `.meta({ label, hint, field, word, rest })`. */
  readonly input: S;
  /** Choices that depend on the state, for the form: field name to options. */
  readonly choices?: (
    ctx: CommandContext,
  ) => Promise<Readonly<Record<string, readonly { value: string; label: string }[]>>>;
  /** Work that must happen before the transaction, e.g. reading an uploaded file. */
  readonly prepare?: (ctx: PrepareContext, input: z.infer<S>) => Promise<T>;
  /**
   * What an account that nobody has may do with this verb (rule 9; `link` alone has one). It sees no person, role or migration.
   * Null: not for this input, so that the stranger is refused like everywhere.
   */
  readonly door?: (at: DoorContext, input: z.infer<S>) => Promise<{ answer: Answer; note: AuditNote } | null>;
  /** No effect outside the database: it may be retried after a serialisation failure. */
  run(ctx: CommandContext, input: z.infer<S>, staged?: T): Promise<Answer>;
}

/** Documents that are handed over as files, drawn by templates. */
export interface Papers {
  /** The evidence pack as one page (rule 27). */
  pack(pack: Pack): string;
}

/** What a field says about itself, by `.meta({...})`: for words, forms, and the patient-data check. */
export interface FieldMeta {
  readonly label?: string;
  readonly hint?: string;
  readonly field?: 'text' | 'long-text' | 'number' | 'date' | 'choice' | 'choices' | 'yes-no' | 'file';
  readonly options?: readonly { value: string; label: string }[];
  /** A bare word that matches this whole pattern is meant for this field. */
  readonly word?: string;
  /** Takes all bare words that no other field wants. */
  readonly rest?: boolean;
  /** `ask`: an optional field that the form shows too. */
  readonly form?: 'ask' | 'never';
  /** Twelve digits here are an ASID, not a UBRN (rule 28). */
  readonly holds?: 'asid';
  /** An option that takes no value: `--json`. */
  readonly flag?: boolean;
}

export interface PrepareContext {
  readonly now: Temporal.Instant;
  readonly person: Person;
  readonly roles: readonly Role[];
  readonly migration: Migration | null;
  readonly intake: Intake;
  readonly diagnosis: Diagnosis;
}

/** All that stands at the door of an unknown account. */
export interface DoorContext {
  readonly now: Temporal.Instant;
  readonly account: Account;
  readonly store: Pick<Store, 'accountLinks'>;
}

export interface CommandContext {
  readonly now: Temporal.Instant;
  /** Where something that was noted on paper is entered later: then `now` is when it happened, and this is the present (rule 30). */
  readonly enteredAt?: Temporal.Instant;
  readonly person: Person;
  readonly account: Account;
  /** The roles that this person holds here and now, through this account (a guest has fewer, rule 9). */
  readonly roles: readonly Role[];
  /** The verbs that this person may use here, in help order. */
  readonly verbs: readonly Pick<Command, 'verb' | 'summary' | 'examples'>[];
  /** The migration of the channel, or the one that was named. */
  readonly migration: Migration | null;
  readonly channel: ChannelRef | null;
  readonly store: Store;
  readonly papers: Papers;
  /** The rules of time, bank holidays included (calendars are loaded at start). */
  readonly bankHolidays: BankHolidays;
  /** An automation is configured, so that a run can be carried out by it. */
  readonly automation: boolean;
  /** Changeover may be installed in further Slack workspaces. */
  readonly manyWorkspaces: boolean;
  /** Where links begin, without a slash at the end; empty where that is not known. */
  readonly publicUrl: string;
  /** A rehearsal on one machine: no mail leaves it. */
  readonly rehearsal: boolean;
  /** Remembers an audit event; all of a transaction's events are appended together, last (rule 27). */
  record(event: AuditNote): void;
  /** Every card of this subject is to show the newest state, on every platform. */
  touch(subject: Subject): void;
  /** The head of the record goes to the channel once this is remembered: at approval, go, the run's end, completion (rule 27). */
  milestone(subject: Subject, words: string): void;
  /** The subject's file, posted once in its thread with these words: a plan's night pack (rule 30). */
  attach(subject: Subject, message: string): void;
  /** One new message in the subject's thread, naming whom it needs (rule 19). */
  call(subject: Subject, message: string, people?: readonly Pick<Person, 'id'>[]): void;
}

/** A channel of a chat platform. */
export interface ChannelRef {
  readonly platform: Account['platform'];
  readonly tenant: string;
  readonly channelId: string;
}

/** What happened, for the audit: no personal value but by `person` ids, never patient data. */
export interface AuditNote {
  readonly act: string;
  readonly about: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** The hash of what was acted on, e.g. the bundle that a vote is bound to. */
  readonly hash?: string;
}

export type AnswerCode = keyof Answers;

/** What a verb found or did: facts (JSON), to be put into words by templates/cards. */
export type Answer = { [C in AnswerCode]: AnswerOf<C> }[AnswerCode];

export interface AnswerOf<C extends AnswerCode> {
  readonly code: C;
  readonly facts: Answers[C];
  /** At most two things that can be done next; shown only where the asker may do them. */
  readonly next: readonly Next[];
  readonly files?: readonly AnswerFile[];
  /** Pages that show more. The asker alone gets them as personal links, where the answer is seen by nobody else. */
  readonly pages?: readonly AnswerPage[];
  /** Written by dispatch: the pages with their addresses for this person, each good once and for 15 minutes. */
  readonly links?: readonly PersonalLink[];
}

export interface AnswerFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

export function answer<C extends AnswerCode>(
  code: C,
  facts: Answers[C],
  more: { next?: readonly Next[]; files?: readonly AnswerFile[]; pages?: readonly AnswerPage[] } = {},
): Answer {
  const { next = [], ...rest } = more;
  const whole: AnswerOf<C> = { code, facts, next, ...rest };
  return whole as unknown as Answer;
}

/** Keeps a command's input type inside its own file and gives the registry one type. */
export function defineCommand<S extends z.ZodObject, T = Staged>(command: Command<S, T>): Command {
  return command as unknown as Command;
}
