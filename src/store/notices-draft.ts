import type { Database } from '../../db/connect.ts';
import type { Audience, AudienceMember } from '../domain/audience.ts';
import { audienceCounts, audienceOf, commissionersOn } from '../domain/audience.ts';
import { mapCoverage } from '../domain/commissioner-map.ts';
import { MAY_HAVE_ARRIVED, TOLD } from '../domain/delivery.ts';
import type { Migration } from '../domain/migration.ts';
import type { NoticeKind } from '../domain/notice.ts';
import { KIND_RULES } from '../domain/notice.ts';
import {
  composeNotice,
  contentHash,
  type NoticeDraft,
  type NoticeInput,
  withWelshFault,
} from '../domain/notice-facts.ts';
import { wentOn } from '../domain/notice-overtaken.ts';
import type { Plan } from '../domain/plan.ts';
import { isBeforeRun, isLive } from '../domain/plan-state.ts';
import { next, Refusal } from '../kernel/errors.ts';
import { commissionerMapStore } from './commissioner-map.ts';
import { noticeStore } from './notices.ts';
import { welshStore } from './notices-welsh.ts';
import { organisationStore } from './organisations.ts';
import { planLifeStore } from './plans-life.ts';
import { recipientStore } from './recipients.ts';

export interface NoticeDraftStore {
  /** Refuses where several plans are open and none is named. */
  draft(migration: Migration, kind: NoticeKind, plan: number | undefined, now: Temporal.Instant): Promise<NoticeDraft>;
  /** Whom this migration would tell today. */
  audience(migration: Migration, now: Temporal.Instant): Promise<Audience>;
}

export function noticeDraftStore(db: Database): NoticeDraftStore {
  const audience = async (migration: Migration, now: Temporal.Instant): Promise<Audience> => {
    const recipients = recipientStore(db);
    const rule = await recipients.rule(migration.id);
    const day = now.toZonedDateTimeISO(migration.zone).toPlainDate().toString();
    const listed = await recipients.listed(migration.id);
    const inEffect = commissionersOn(listed, day);
    const map = commissionerMapStore(db);
    const lines = await map.lines(migration.id);
    const reach = mapCoverage(await map.codes(migration.id), lines, inEffect, day);
    const codes = new Map(reach.listed.map(({ code, commissioner }) => [code, commissioner]));
    const practices = await recipients.practices(migration.id, [...rule.practicesOf, ...codes.keys()]);
    const unmapped = lines.length === 0 ? 0 : reach.unmapped.reduce((sum, one) => sum + one.practices, 0);
    return { ...audienceOf(rule, listed, practices, day, codes), unmapped };
  };
  return {
    audience,
    async draft(migration, kind, number, now) {
      const plan = await planFor(db, migration, kind, number);
      const services = plan ? await planLifeStore(db).services(plan.id) : [];
      const sites = [...new Set(services.map((service) => service.site))];
      const input: NoticeInput = {
        kind,
        migration,
        services,
        siteNames: await organisationStore(db).names(migration.id, sites),
        wording: await noticeStore(db).wording(migration.id),
        welsh: await welshStore(db).list(migration.id),
        earlier: await noticeStore(db).list(migration.id),
        completedAt: plan !== null && plan.state === kind ? plan.stateSince : null,
        now,
      };
      const today = await audience(migration, now);
      const to = KIND_RULES[kind].to === 'told' ? await toldBefore(db, migration.id, kind, today) : today;
      const composed = withWelshFault(composeNotice(input), input, to.members);
      return {
        plan,
        composed,
        audience: to,
        counts: audienceCounts(to.members),
        hash: contentHash(composed.facts, to.members),
      };
    },
  };
}

/** About a run that goes on: a plan for another night is not meant. */
const AT_NIGHT: readonly NoticeKind[] = ['started', 'extended'];

/**
 * The plan that the notices are about: the one named, or the only one that is open, or the newest that ran. A cancellation is
 * about the plan that people were told of, also where that was given up.
 */
async function planFor(
  db: Database,
  migration: Migration,
  kind: NoticeKind,
  number: number | undefined,
): Promise<Plan | null> {
  const all = (await planLifeStore(db).list(migration.id)).filter((plan) => plan.kind === 'plan');
  const plans = kind === 'cancelled' ? all : all.filter(({ state }) => state !== 'withdrawn' && state !== 'expired');
  if (number !== undefined) {
    const named = plans.find((plan) => plan.number === number);
    if (named) return named;
    throw new Refusal('no-plan', `There is no plan ${number} that notices could be about.`, {
      fields: { plan: 'Give the number of a plan.' },
    });
  }
  const notices = (await noticeStore(db).list(migration.id)).filter(wentOn);
  const over = plans.filter(
    ({ id, state }) => state === kind && !notices.some((one) => one.planId === id && one.kind === kind),
  );
  // The plan that is over, and nobody knows: whatever else is open by now.
  if (over.length > 0) return over.find(({ id }) => id === notices.at(-1)?.planId) ?? over[0] ?? null;
  const live = plans.filter((plan) => isLive(plan.state));
  if (live.length === 0 && kind === 'cancelled') {
    const told = notices.findLast(({ startedAt }) => startedAt !== null);
    return plans.find((plan) => plan.id === told?.planId) ?? plans[0] ?? null;
  }
  const begun = live.filter(({ state }) => !isBeforeRun(state));
  if (AT_NIGHT.includes(kind) && begun.length === 1) return begun[0] ?? null;
  if (live.length < 2) return live[0] ?? plans[0] ?? null;
  throw new Refusal('which-plan', `${live.length} plans are open. Say which one the notice is about, by its number.`, {
    remedy: live.slice(0, 4).map((plan) => next(`Plan ${plan.number}`, 'show', { plan: String(plan.number) })),
    fields: { plan: 'Say which plan, by its number.' },
  });
}

/**
 * Only those who were told before: a reminder to those who got the first and are not left out since, a cancellation to all who
 * may have it. Who was told by telephone alone is named in a cancellation, for another call (rule 22).
 */
async function toldBefore(db: Database, migrationId: number, kind: NoticeKind, today: Audience): Promise<Audience> {
  const cancels = kind === 'cancelled';
  const mailed = cancels ? MAY_HAVE_ARRIVED : TOLD;
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .leftJoin('phone_call', (join) =>
      join.onRef('phone_call.notice_id', '=', 'notice.id').onRef('phone_call.code', '=', 'delivery.code'),
    )
    .distinctOn('delivery.address_key')
    .select(['delivery.address_key as key', 'delivery.code', 'delivery.name', 'delivery.kind', 'delivery.email'])
    .select(['delivery.telephone', 'delivery.why', 'delivery.language'])
    .select((eb) => eb('delivery.status', 'in', [...mailed]).as('byMail'))
    .where('notice.migration_id', '=', migrationId)
    .where('notice.test', '=', false)
    .where((eb) => {
      const byMail = eb('delivery.status', 'in', [...mailed]);
      return cancels ? eb.or([byMail, eb('phone_call.done_at', 'is not', null)]) : byMail;
    })
    .orderBy('delivery.address_key')
    .orderBy('byMail', 'desc')
    .orderBy('delivery.id')
    .execute();
  const { without, englishOnly } = await recipientStore(db).rule(migrationId);
  const languages = new Map(today.members.map(({ key, language }) => [key, language]));
  const left = new Set(kind === 'reminder' ? without.filter((one) => one.instead === null).map((one) => one.code) : []);
  const members = rows
    .filter((row) => !left.has(row.code))
    .map(({ byMail, ...row }): AudienceMember => {
      const language = englishOnly === null ? (languages.get(row.key) ?? row.language) : 'en';
      return { ...row, language, fault: byMail ? null : 'telephoned', also: [] };
    });
  const ordered = members.toSorted((a, b) => (a.kind === b.kind ? 0 : a.kind === 'commissioner' ? -1 : 1));
  const { markedWelsh } = today;
  return { members: ordered, merged: 0, notInEffect: 0, leftOut: [], unmapped: 0, markedWelsh, englishOnly };
}
