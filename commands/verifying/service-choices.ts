import type { CommandContext } from '../../src/command.ts';
import { isLive } from '../../src/domain/plan-state.ts';
import { pollLines, type Verification, verificationFacts } from '../../src/domain/verification-shown.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { migrationOf } from './plan-of.ts';

/** A list to choose from holds a hundred at the most (Slack); whoever has more names a site or types ids. */
const MOST = 100;

/** All, each site, each service: for the form. Empty where it is not clear which plan is meant; then ids are typed. */
export async function serviceChoices(
  ctx: CommandContext,
  list: 'polls' | 'verification',
): Promise<readonly { value: string; label: string }[]> {
  const known = await onlyLive(ctx);
  if (known === null) return [];
  const lines =
    list === 'polls'
      ? pollLines(known)
      : known.services.filter((service) => known.plan.verification.includes(service.serviceId));
  const sites = [...new Set(lines.map((line) => line.site))].sort();
  return [
    { value: 'all', label: `All ${counted(lines.length, 'service')}` },
    ...sites.map((site) => ({ value: site, label: `All at ${site}` })),
    ...lines.map((line) => ({ value: line.serviceId, label: `${line.serviceId} ${line.name}` })),
  ].slice(0, MOST);
}

/**
 * Where a test failed, or could not be made, with what was seen: what the clinical safety officer may accept. Each choice holds
 * which ones it showed: "7012345:book,cancel".
 */
export async function failedChoices(ctx: CommandContext): Promise<readonly { value: string; label: string }[]> {
  const known = await onlyLive(ctx);
  if (known === null) return [];
  const { waiting } = verificationFacts(known, null);
  const failed = waiting.filter(({ state }) => state === 'failed' || state === 'could-not');
  return [...Map.groupBy(failed, ({ serviceId }) => serviceId)].map(([id, tests]) => ({
    value: `${id}:${tests.map(({ scenario }) => scenario).join()}`,
    label: `${id} ${tests[0]?.name}: ${tests.map(({ what, reason }) => `${what} (${reason ?? 'no reason'})`).join('; ')}`,
  }));
}

async function onlyLive(ctx: CommandContext): Promise<Verification | null> {
  const live = (await ctx.store.plans.list(migrationOf(ctx).id)).filter((plan) => isLive(plan.state));
  const only = live.length === 1 ? live[0] : undefined;
  return only ? ctx.store.verification.known(only.id, ctx.now, ctx.bankHolidays) : null;
}
