import type { Database } from '../../db/connect.ts';
import type { Audience } from '../domain/audience.ts';
import { audienceCounts, audienceOf, commissionersOn } from '../domain/audience.ts';
import { mapCoverage } from '../domain/commissioner-map.ts';
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
import { toldBefore } from './notices-told.ts';
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
      const earlier = await noticeStore(db).list(migration.id);
      const input = await noticeInput(db, { migration, kind, plan, earlier, now });
      const today = await audience(migration, now);
      const to = KIND_RULES[kind].to === 'told' ? await toldBefore(db, migration, kind, today) : today;
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

/** Everything that a notice of this kind about this plan would be composed from now. */
export async function noticeInput(
  db: Database,
  about: Pick<NoticeInput, 'kind' | 'earlier' | 'now'> & { readonly migration: Migration; readonly plan: Plan | null },
): Promise<NoticeInput> {
  const { plan, ...rest } = about;
  const { id } = rest.migration;
  const services = plan ? await planLifeStore(db).services(plan.id) : [];
  const sites = [...new Set(services.map((service) => service.site))];
  return {
    ...rest,
    services,
    siteNames: await organisationStore(db).names(id, sites),
    wording: await noticeStore(db).wording(id),
    welsh: await welshStore(db).list(id),
    completedAt: plan !== null && plan.state === rest.kind ? plan.stateSince : null,
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
    remedy: live
      .slice(0, 4)
      .map((plan) => next(`About plan ${plan.number}`, 'preview', { kind, plan: String(plan.number) })),
    fields: { plan: 'Say which plan, by its number.' },
  });
}
