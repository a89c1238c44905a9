import { z } from 'zod';
import { type AnswerFile, answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Snapshot } from '../src/domain/extract.ts';
import type { GapsFacts } from '../src/domain/extract-answers.ts';
import { CONTACT_FIELDS, type Gaps, gapsOf, type SiteGaps } from '../src/domain/gaps.ts';
import { personal } from '../src/domain/personal.ts';
import type { Service } from '../src/domain/service.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { snapshotFacts, snapshotOr } from './services.ts';

/** A chat takes so many files in one answer. */
const FILES = 10;

export const command = defineCommand({
  verb: 'gaps',
  summary:
    'Missing contact details that the bulk tool would fail on, one file a site; or your word that a site is complete',
  examples: [
    '/bsu gaps',
    '/bsu gaps attest site=XR101 column=HOURS_OF_OPERATION',
    '/bsu gaps asked site=XR101 the outpatient manager',
  ],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    action: z.enum(['show', 'attest', 'asked']).optional().meta({ label: 'What to do', word: 'show|attest|asked' }),
    site: z
      .string()
      .transform((code) => code.trim().toUpperCase())
      .optional()
      .meta({ label: 'Site code', word: '[a-z0-9]{3,9}' }),
    column: z
      .enum(CONTACT_FIELDS.map((field) => field.column) as [string, ...string[]])
      .optional()
      .meta({ label: 'Column', hint: 'Leave it out to attest all that the file lacks', word: '[a-z]+(_[a-z]+)+' }),
    who: z
      .string()
      .min(2)
      .max(120)
      .optional()
      .meta({ label: 'Who was asked', hint: 'A role or a team, no patient', field: 'text', rest: true }),
    snapshot: z.coerce.number().int().positive().optional().meta({ label: 'Snapshot number', field: 'number' }),
  }),
  async run(ctx, input) {
    const snapshot = await snapshotOr(ctx, input.snapshot);
    const services = await ctx.store.snapshots.services(snapshot.id, { directlyBookable: true });
    const before = await ctx.store.attestations.of(snapshot.extractId);
    if (input.action === 'asked') await noteAsked(ctx, snapshot, gapsOf(services, snapshot.columns, before), input);
    const attestedNow =
      input.action === 'attest' ? await attest(ctx, snapshot, gapsOf(services, snapshot.columns, before), input) : null;
    const attestations = attestedNow ? await ctx.store.attestations.of(snapshot.extractId) : before;
    const gaps = gapsOf(services, snapshot.columns, attestations);
    const shown = input.site === undefined ? gaps.sites : gaps.sites.filter((one) => one.site === input.site);
    const files = shown
      .filter(needsWork)
      .slice(0, FILES)
      .map((site) => fileOf(site, services));
    return answer('gaps', await factsOf(ctx, snapshot, gaps, shown, attestedNow, files.length), {
      next: gaps.blocks
        ? [next('Import a supplement', 'import', { kind: 'supplement' })]
        : [next('Plan a selection', 'plan')],
      files,
    });
  },
});

/** Who is to complete a site's details (rule 5): noted, so that nobody asks twice and a silent one is seen. */
async function noteAsked(
  ctx: CommandContext,
  snapshot: { readonly migrationId: number },
  gaps: Gaps,
  input: { site?: string | undefined; who?: string | undefined },
): Promise<void> {
  refuseOnlookers(ctx, 'note who was asked');
  const open = gaps.sites.filter(needsWork);
  const site = open.find((one) => one.site === input.site)?.site;
  if (site === undefined || input.who === undefined) {
    throw new Refusal('which-site', `Say whom you have asked, and for which site with gaps${codes(open)}.`, {
      fields: site === undefined ? { site: 'Type one of the site codes.' } : { who: 'Say whom you have asked.' },
      remedy: [next('See the gaps', 'gaps')],
    });
  }
  const at = ctx.now.toString();
  await ctx.store.gapRequests.add(snapshot.migrationId, { site, asked: input.who, personId: ctx.person.id, at });
  ctx.record({ act: 'gaps.asked', about: `site:${site}`, facts: { asked: personal(input.who) } });
}

function refuseOnlookers(ctx: CommandContext, what: string): void {
  if (ctx.roles.some((role) => role === 'planner' || role === 'e-rs-lead' || role === 'service-definer')) return;
  throw new Refusal('role', `A planner, the service definer or the e-RS lead can ${what}. Ask one of them.`);
}

/** A named person's word on one site (rule 5): only for what the file lacks; what is blank in it is filled in instead. */
async function attest(
  ctx: CommandContext,
  snapshot: Snapshot,
  gaps: Gaps,
  input: { site?: string | undefined; column?: string | undefined },
): Promise<NonNullable<GapsFacts['attestedNow']>> {
  refuseOnlookers(ctx, 'attest a site');
  const open = gaps.sites.filter((site) => site.unknown.length > 0);
  const site = gaps.sites.find((one) => one.site === input.site);
  if (!site) {
    throw new Refusal('which-site', `Say which site you have checked in e-RS${codes(open)}.`, {
      fields: { site: 'Type one of the site codes.' },
      remedy: open.slice(0, 4).map((one) => next(`Attest ${one.site}`, 'gaps', { action: 'attest', site: one.site })),
    });
  }
  const columns = site.unknown.filter((column) => input.column === undefined || column === input.column);
  if (columns.length === 0) {
    throw new Refusal(
      'nothing-to-attest',
      `Nothing is left to attest for ${site.site}: your files have ${input.column ?? 'these columns'}, or somebody attested it. What is blank is filled in: correct it in e-RS, then import the site’s file as a supplement.`,
      { remedy: [next('See the gaps', 'gaps')] },
    );
  }
  const at = ctx.now.toString();
  for (const column of columns) {
    await ctx.store.attestations.add(snapshot.extractId, { site: site.site, column, personId: ctx.person.id, at });
    ctx.record({ act: 'gaps.attested', about: `snapshot:${snapshot.number}`, facts: { site: site.site, column } });
  }
  return { site: site.site, columns };
}

function codes(sites: readonly SiteGaps[]): string {
  return sites.length === 0
    ? ''
    : `: ${sites
        .slice(0, 10)
        .map((site) => site.site)
        .join(', ')}`;
}

function needsWork(site: SiteGaps): boolean {
  return site.missing.length + site.unknown.length > 0;
}

/** The site's file, in the form of a supplement: fill in the blanks, correct e-RS by it, send it back. */
function fileOf(site: SiteGaps, services: readonly Service[]): AnswerFile {
  const wanted = new Set(site.missing.flatMap((gap) => gap.serviceIds));
  const here = services.filter((service) => service.locationOrg === site.site);
  const rows = site.unknown.length > 0 ? here : here.filter((service) => wanted.has(service.serviceId));
  const header = ['SERVICE_ID', 'SERVICE_NAME', 'LOCATION_ORG_ID', ...CONTACT_FIELDS.map((field) => field.column)];
  const cells = rows.map((service) => [
    service.serviceId,
    service.name,
    service.locationOrg,
    ...CONTACT_FIELDS.map(({ field }) => service[field]),
  ]);
  return { name: `gaps-${site.site}.csv`, mediaType: 'text/csv', text: csvText(header, cells) };
}

async function factsOf(
  ctx: CommandContext,
  snapshot: Snapshot & { migrationId: number },
  gaps: Gaps,
  shown: readonly SiteGaps[],
  attestedNow: GapsFacts['attestedNow'],
  filed: number,
): Promise<GapsFacts> {
  const names = await ctx.store.organisations.names(
    snapshot.migrationId,
    shown.map((site) => site.site),
  );
  const requests = await ctx.store.gapRequests.newest(snapshot.migrationId);
  return {
    snapshot: snapshotFacts(ctx, snapshot),
    services: gaps.sites.reduce((sum, site) => sum + site.services, 0),
    missing: gaps.missing,
    unknown: gaps.unknown,
    blocks: gaps.blocks,
    sites: shown.map((site) => ({
      site: site.site,
      name: names.get(site.site) ?? null,
      services: site.services,
      missing: site.missing.map((gap) => ({ column: gap.column, count: gap.serviceIds.length })),
      unknown: site.unknown,
      attested: site.attested.map(({ column, personName, at }) => ({ column, by: personName, at })),
      asked: askedOf(requests.get(site.site)),
    })),
    attestedNow,
    filed,
    zone: ctx.migration?.zone ?? 'Europe/London',
  };
}

function askedOf(request: { asked: string; by: string; at: string } | undefined): GapsFacts['sites'][number]['asked'] {
  return request ? { who: request.asked, by: request.by, at: request.at } : null;
}
