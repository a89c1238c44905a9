import { type Answer, answer, type CommandContext } from '../../src/command.ts';
import { bundleChange, bundleServices } from '../../src/domain/bundle.ts';
import type { PlanDiffFacts } from '../../src/domain/plan-answers.ts';
import { holderInWords, type PlanDiff } from '../../src/domain/plan-diff.ts';
import { REFUSALS, WARNINGS } from '../../src/domain/plan-warning.ts';
import { selectionInWords } from '../../src/domain/selection-words.ts';
import { csvText } from '../../src/kernel/csv-text.ts';
import type { DraftInput } from './draft-input.ts';
import type { Draft } from './draft-of.ts';
import { differencePage } from './pages.ts';

/** The difference from organisation and system to organisation and system, by site, with the button that saves it. */
export async function showDiff(ctx: CommandContext, draft: Draft, input: DraftInput): Promise<Answer> {
  const facts = await diffFacts(ctx, draft, input);
  // A practice plan is shown whole on its card, and its code is not kept.
  const pages = facts.save.verb === 'practice' ? [] : [differencePage(draft)];
  return answer('plan.diff', facts, { files: [diffFile(draft)], pages });
}

export async function diffFacts(ctx: CommandContext, draft: Draft, input: DraftInput): Promise<PlanDiffFacts> {
  const { migration, before, diff } = draft;
  const codes = [...new Set(diff.sites.flatMap(({ site, organisation }) => [site, organisation]))];
  const names = await ctx.store.organisations.names(migration.id, codes);
  const nameOf = (code: string) => names.get(code) ?? code;
  const old = before ? await ctx.store.plans.services(before.id) : [];
  const had = new Set(old.map(({ serviceId }) => serviceId));
  const has = new Set(diff.services.map(({ serviceId }) => serviceId));
  return {
    number: before?.number ?? null,
    kind: draft.kind,
    words: selectionInWords(draft.selection, diff.services.length, nameOf),
    snapshot: draft.snapshot.number,
    services: diff.services.length,
    sites: diff.sites.map((site) => ({ ...site, name: nameOf(site.site) })),
    toAsid: migration.newAsid,
    toOrganisation: migration.newOrg,
    added: diff.services.filter(({ serviceId }) => !had.has(serviceId)).length,
    removed: old.filter(({ serviceId }) => !has.has(serviceId)).length,
    refused: refusedFacts(diff, migration.zone),
    warnings: warningFacts(diff),
    runner: draft.runner?.name ?? null,
    deputy: draft.deputy?.name ?? null,
    verification: draft.verification,
    votes: await effectOnVotes(ctx, draft),
    save: await saveOf(ctx, draft, input),
  };
}

const EXAMPLES = 5;

function refusedFacts({ refused }: PlanDiff, zone: string): PlanDiffFacts['refused'] {
  return REFUSALS.flatMap((why) => {
    const those = refused.filter((entry) => entry.why === why);
    if (those.length === 0) return [];
    const holders = those.flatMap(({ holder }) => (holder ? [holderInWords(holder, zone)] : []));
    return [
      {
        why,
        count: those.length,
        examples: those.slice(0, EXAMPLES).map(({ service }) => service.serviceId),
        holders: [...new Set(holders)],
      },
    ];
  });
}

function warningFacts({ warned }: PlanDiff): PlanDiffFacts['warnings'] {
  return WARNINGS.flatMap((why) => {
    const those = warned.filter((entry) => entry.why === why);
    const examples = those.slice(0, EXAMPLES).map(({ serviceId }) => serviceId);
    return those.length === 0 ? [] : [{ why, count: those.length, examples }];
  });
}

/** What saving would do to the votes that there are (rule 10), told before it is done. */
async function effectOnVotes(ctx: CommandContext, draft: Draft): Promise<PlanDiffFacts['votes']> {
  const { before } = draft;
  if (before === null || before.state === 'draft' || (await ctx.store.votes.of(before.id)).length === 0) return 'none';
  const { bundle } = await ctx.store.plans.look(before.id);
  const after = {
    ...bundle,
    services: bundleServices(draft.diff.services),
    runner: draft.runner?.id ?? null,
    deputy: draft.deputy?.id ?? null,
    verification: draft.verification,
  };
  const critical = (await ctx.store.plans.services(before.id)).filter((service) => service.businessCritical);
  return bundleChange(bundle, after, new Set(critical.map(({ serviceId }) => serviceId))).votes;
}

/**
 * The button that saves exactly this. It holds the code alone: a list of thousands of ids is kept here, since Slack's buttons
 * hold 2,000 characters.
 */
async function saveOf(ctx: CommandContext, { kind, migration, before, shown }: Draft, input: DraftInput) {
  const said = Object.entries(input).flatMap(([name, value]) =>
    value === undefined || ['save', 'shown', 'all'].includes(name) ? [] : [[name, value] as const],
  );
  const whole = Object.fromEntries(said);
  const verb = kind === 'practice' && before === null ? ('practice' as const) : ('plan' as const);
  // A practice plan has three ids at most.
  if (verb === 'practice') return { verb, input: { ...whole, shown, save: 'yes' } };
  await ctx.store.selections.show(migration.id, shown, whole, ctx.now.toString());
  return { verb, input: { ...(before === null ? {} : { plan: String(before.number) }), shown, save: 'yes' } };
}

function diffFile({ diff, migration }: Draft) {
  const warned = Map.groupBy(diff.warned, ({ serviceId }) => serviceId);
  const taken = diff.services.map((service) => [
    service.serviceId,
    service.name,
    service.site,
    'in the plan',
    service.from.organisation,
    service.from.asid,
    service.to.organisation,
    service.to.asid,
    (warned.get(service.serviceId) ?? []).map(({ why }) => why).join(' '),
  ]);
  const refused = diff.refused.map(({ service, why }) => [
    service.serviceId,
    service.name,
    service.locationOrg,
    'refused',
    service.providerOrg,
    service.currentAsid ?? '',
    '',
    '',
    why,
  ]);
  const left = diff.leftOut.map(({ serviceId, name, locationOrg }) => [
    serviceId,
    name,
    locationOrg,
    'left out',
    '',
    '',
    '',
    '',
    'stays on the old system',
  ]);
  return {
    name: `plan-difference-${migration.id}.csv`,
    mediaType: 'text/csv',
    text: csvText(HEADER, [...taken, ...refused, ...left]),
  };
}

const HEADER = [
  'service id',
  'name',
  'site',
  'what',
  'from organisation',
  'from system',
  'to organisation',
  'to system',
  'remarks',
];
