import { canonicalJson, sha256 } from '../kernel/canonical.ts';
import { inWords } from '../kernel/time-words.ts';
import type { Audience, AudienceMember, audienceCounts } from './audience.ts';
import type { Migration } from './migration.ts';
import type { Notice, NoticeFacts, NoticeKind, ServiceLine, ServicesAffected } from './notice.ts';
import { KIND_RULES } from './notice.ts';
import { type FixedTime, fixedTimes } from './notice-fixed-times.ts';
import { wentOn } from './notice-overtaken.ts';
import { noticeInWelsh, type WelshText, welshFault, welshMissing, welshNeeds } from './notice-welsh.ts';
import type { WordingEntry, WordingFault } from './notice-wording.ts';
import { variablesOf, wordingOf } from './notice-wording.ts';
import type { Plan, PlannedService } from './plan.ts';

export interface NoticeInput {
  readonly kind: NoticeKind;
  readonly migration: Pick<Migration, 'id' | 'name' | 'providerOrg' | 'providerName' | 'zone' | 'outage'>;
  readonly services: readonly PlannedService[];
  /** Site code to name, where the organisation file has it. */
  readonly siteNames: ReadonlyMap<string, string>;
  readonly wording: readonly WordingEntry[];
  readonly welsh: readonly WelshText[];
  /** The migration's earlier notices, oldest first; no tests. */
  readonly earlier: readonly Notice[];
  readonly completedAt: string | null;
  readonly now: Temporal.Instant;
}

export interface ComposedNotice {
  readonly facts: NoticeFacts;
  readonly serviceList: readonly ServiceLine[];
  /** Everything that is missing or wrong; while there is any, nobody is mailed (rule 20). */
  readonly faults: readonly NoticeFault[];
  /** Times that people wrote as they are, though the outage has another time since they were told. */
  readonly fixedTimes: readonly FixedTime[];
  /** The latest notice that still counts: the new one takes its place. */
  readonly replaces: Notice | null;
}

/** A notice as it would be sent now: what a preview shows, a test sends and a person confirms. */
export interface NoticeDraft {
  readonly plan: Plan | null;
  readonly composed: ComposedNotice;
  readonly audience: Audience;
  readonly counts: ReturnType<typeof audienceCounts>;
  readonly hash: string;
}

export type NoticeFault = WordingFault | { readonly field: null; readonly label: string; readonly problem: string };

/** Everything that a notice says, from the plan, the migration and what people wrote. Never throws: faults come back. */
export function composeNotice(input: NoticeInput): ComposedNotice {
  const { kind, services, earlier } = input;
  const counting = earlier.filter((notice) => notice.status !== 'withdrawn');
  const migration = { ...input.migration, outage: outageOf(kind, input.migration.outage, counting) };
  const heard = counting.filter(wentOn);
  const replaces = heard.at(-1) ?? null;
  const version = counting.length + 1;
  const affected = servicesAffected(services, input.siteNames);
  const base = {
    provider: { code: migration.providerOrg, name: migration.providerName },
    outage: migration.outage,
    zone: migration.zone,
    services: affected,
  };
  const { texts, faults } = wordingOf(kind, input.wording, variablesOf(base, input.wording, kind));
  const welsh = noticeInWelsh(kind, input.wording, input.welsh, base);
  return {
    facts: {
      kind,
      reference: `${migration.providerOrg}-${migration.id}-${version}`,
      version,
      ...base,
      earlierOutage: earlierOutage(heard, migration.outage),
      wording: texts,
      ...(welsh === null ? {} : { welsh }),
      replaces: replaces?.facts.reference ?? null,
      completedAt: input.completedAt,
      calendar: calendarOf(kind, migration, heard, input.now),
    },
    serviceList: serviceLines(services),
    faults: [...missingFacts(input), ...untrueFacts(kind, migration, heard), ...faults],
    fixedTimes: fixedTimes(kind, input.wording),
    replaces,
  };
}

/** The draft refused for whoever is marked for Welsh where it has none: nobody gets half a notice, nor the others first. */
export function withWelshFault(
  composed: ComposedNotice,
  input: NoticeInput,
  members: readonly AudienceMember[],
): ComposedNotice {
  const marked = members.filter((one) => one.fault === null && one.language === 'cy').length;
  const needs = welshNeeds([input.kind], input.wording, input.migration.zone);
  const problem = welshFault(welshMissing(needs, input.welsh).length, needs.length, marked);
  if (problem === null) return composed;
  return { ...composed, faults: [...composed.faults, { field: null, label: WELSH, problem }] };
}

const WELSH = 'Welsh';

export function isWelshFault({ field, label }: NoticeFault): boolean {
  return field === null && label === WELSH;
}

/** What a person confirms when they send: the words and whom they go to. The moment of composing is no part of it. */
export function contentHash(facts: NoticeFacts, members: readonly AudienceMember[]): string {
  const { calendar, ...said } = facts;
  const to = members.map(({ key, code, language }) => ({ key, code, ...(language === 'en' ? {} : { language }) }));
  return sha256(canonicalJson({ said, event: { uid: calendar.uid, sequence: calendar.sequence }, to }));
}

function missingFacts({ kind, migration, services, completedAt }: NoticeInput): NoticeFault[] {
  const faults: NoticeFault[] = [];
  const missing = (label: string, problem: string) => faults.push({ field: null, label, problem });
  if (KIND_RULES[kind].needs === 'outage' && migration.outage === null) {
    missing(OUTAGE, 'Outage: it is not set. Type `/bsu outage` with when the old PAS goes off and the new one is on.');
  }
  if (KIND_RULES[kind].needs === 'completed' && completedAt === null) {
    missing('Completed', 'Completed: the plan is not completed yet, so nobody can be told that it is.');
  }
  if (services.length === 0) missing('Services', 'Services: no plan names the services that are affected.');
  return faults;
}

const OUTAGE = 'Outage';

/** Mended by another outage, not by other words. */
export function isOutageFault({ field, label }: NoticeFault): boolean {
  return field === null && label === OUTAGE;
}

/** "It takes longer" with the end that people know, or an earlier one, would be no news, or wrong; so would a move to the same time. */
function untrueFacts(
  kind: NoticeKind,
  { outage, zone }: Pick<Migration, 'outage' | 'zone'>,
  heard: readonly Notice[],
): NoticeFault[] {
  const told = heard.findLast((one) => one.kind !== 'update' && one.facts.outage !== null)?.facts.outage ?? null;
  if (told === null || outage === null) return [];
  const untrue = (problem: string): NoticeFault[] => [{ field: null, label: OUTAGE, problem: `${OUTAGE}: ${problem}` }];
  const SET = 'Set it first, with `/bsu outage`.';
  if (kind === 'moved' && sameSpan(told, outage)) return untrue(`it is as people were told. ${SET}`);
  if (kind !== 'extended' || Temporal.Instant.compare(outage.to, told.to) > 0) return [];
  const until = `people were told that it ends ${inWords(told.to, zone)}`;
  return sameSpan(told, outage)
    ? untrue(`${until}, and no later end is set. ${SET}`)
    : untrue(`${until}, and it is now to end ${inWords(outage.to, zone)}: send “moved”, not “extended”.`);
}

function servicesAffected(services: readonly PlannedService[], names: ReadonlyMap<string, string>): ServicesAffected {
  const sites = new Map<string, number>();
  for (const { site } of services) sites.set(site, (sites.get(site) ?? 0) + 1);
  return {
    count: services.length,
    urgentSuspectedCancer: services.filter((service) => service.twoWeekWait).length,
    sites: [...sites]
      .map(([code, count]) => ({ code, name: names.get(code) ?? code, count }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    onNationalMenu: services.some((service) => service.onSecondaryCareMenu),
  };
}

function serviceLines(services: readonly PlannedService[]): ServiceLine[] {
  return services
    .map(({ serviceId, name, site, specialty }) => ({ serviceId, name, site, specialty }))
    .sort((a, b) => (a.site === b.site ? (a.name < b.name ? -1 : 1) : a.site < b.site ? -1 : 1));
}

/** One event a migration: it keeps its UID, and whatever changes for the reader raises SEQUENCE (rule 22). */
function calendarOf(
  kind: NoticeKind,
  migration: NoticeInput['migration'],
  earlier: readonly Notice[],
  now: Temporal.Instant,
): NoticeFacts['calendar'] {
  const uid = `${sha256(`${migration.providerOrg}:${migration.id}:${migration.name}`).slice(0, 32)}@changeover.outage`;
  const last = earlier.findLast((notice) => KIND_RULES[notice.kind].calendar !== null);
  const method = KIND_RULES[kind].calendar;
  if (!last) return { uid, sequence: 0, stamp: now.toString(), method };
  const same = sameSpan(last.facts.outage, migration.outage) && last.facts.calendar.method === method;
  const sequence = last.facts.calendar.sequence + (same || method === null ? 0 : 1);
  return { uid, sequence, stamp: now.toString(), method };
}

type Span = NoticeFacts['outage'];

/** What is cancelled is what people were told: they know nothing of a time that was set since. */
function outageOf(kind: NoticeKind, outage: Span, earlier: readonly Notice[]): Span {
  if (kind !== 'cancelled') return outage;
  const told = earlier.findLast(
    (notice) => notice.startedAt !== null && notice.kind !== 'update' && notice.facts.outage !== null,
  );
  return told?.facts.outage ?? outage;
}

function earlierOutage(earlier: readonly Notice[], outage: Span): Span {
  const last = earlier.findLast((notice) => notice.facts.outage !== null)?.facts.outage ?? null;
  return sameSpan(last, outage) ? null : last;
}

function sameSpan(a: Span, b: Span): boolean {
  return a?.from === b?.from && a?.to === b?.to;
}
