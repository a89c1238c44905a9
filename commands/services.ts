import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { extractAgeInDays, type ServiceFilter, type Snapshot } from '../src/domain/extract.ts';
import type { SnapshotFacts } from '../src/domain/extract-answers.ts';
import { codesIn, filterInWords } from '../src/domain/extract-filter.ts';
import type { Service } from '../src/domain/service.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted, inWords } from '../src/kernel/time-words.ts';

const SHOWN = 10;
/** A longer list is no help as a file in a chat; a filter is. */
const LISTED = 5_000;

export const command = defineCommand({
  verb: 'services',
  summary: 'What the extract holds, by site with counts; narrow it by site, specialty, name or id',
  examples: ['/bsu services', '/bsu services site=XR101 cardiology', '/bsu services id=7012345'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    snapshot: z.coerce.number().int().positive().optional().meta({ label: 'Snapshot number', field: 'number' }),
    organisation: z.string().optional().meta({ label: 'Organisation codes' }),
    site: z.string().optional().meta({ label: 'Site codes', word: '(?=[a-z0-9]*\\d)(?=[a-z0-9]*[a-z])[a-z0-9]{5,9}' }),
    specialty: z.string().optional().meta({ label: 'Specialty codes' }),
    id: z.string().optional().meta({ label: 'Service ids', word: '\\d{4,9}' }),
    name: z.string().optional().meta({ label: 'Part of the name', hint: '* stands for anything', rest: true }),
  }),
  async run(ctx, input) {
    const snapshot = await snapshotOr(ctx, input.snapshot);
    const filter = filterOf(input);
    const sites = await ctx.store.snapshots.counts(snapshot.id, filter);
    const names = await ctx.store.organisations.names(
      snapshot.migrationId,
      sites.map((site) => site.site),
    );
    const services = sites.reduce((sum, site) => sum + site.services, 0);
    if (services === 0) throw nothingFound(filter, snapshot);
    const listed = services <= LISTED;
    const all = listed ? await ctx.store.snapshots.services(snapshot.id, filter) : [];
    return answer(
      'services',
      {
        snapshot: snapshotFacts(ctx, snapshot),
        filter: filterInWords(filter),
        services,
        directlyBookable: sites.reduce((sum, site) => sum + site.directlyBookable, 0),
        sites: sites.map((site) => ({ ...site, name: names.get(site.site) ?? null })),
        first: all.slice(0, SHOWN).map(({ serviceId, name, locationOrg }) => ({ serviceId, name, site: locationOrg })),
        listed,
      },
      {
        next: [next('See what the bulk tool would fail on', 'gaps'), next('Plan a selection', 'plan')],
        files: listed ? [{ name: `services-${snapshot.number}.csv`, mediaType: 'text/csv', text: fileOf(all) }] : [],
      },
    );
  },
});

/** The named snapshot of this migration, or the newest; refuses when there is none. */
export async function snapshotOr(
  ctx: CommandContext,
  number: number | undefined,
): Promise<Snapshot & { migrationId: number }> {
  if (!ctx.migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
  const { id } = ctx.migration;
  const newest = await ctx.store.snapshots.current(id);
  if (!newest) {
    throw new Refusal('no-extract', 'No extract has been imported yet. Send the e-RS services extract (EBSX05).', {
      remedy: [next('Import the extract', 'import')],
    });
  }
  const found = number === undefined ? newest : await ctx.store.snapshots.byNumber(id, number);
  if (found) {
    refuseDeleted(found, ctx.migration.zone);
    return { ...found, migrationId: id };
  }
  throw new Refusal('no-snapshot', `There is no snapshot ${number}. The newest is ${newest.number}.`, {
    remedy: [next(`Snapshot ${newest.number}`, 'services')],
  });
}

/** Its rows are gone after their time, its header is not (rule 27). Refuses "snapshot-deleted" with how to have them again. */
export function refuseDeleted(snapshot: Snapshot, zone: string): void {
  if (snapshot.rowsDeletedAt === null) return;
  throw new Refusal(
    'snapshot-deleted',
    `Snapshot ${snapshot.number} (${snapshot.fileName}, month end ${snapshot.taken}, ${counted(snapshot.services, 'service')}) was replaced long ago, and its rows were deleted ${inWords(snapshot.rowsDeletedAt, zone)}. Import the file again to look at it; its SHA-256 begins with ${snapshot.sha256.slice(0, 12)}.`,
    { remedy: [next('Import the file again', 'import'), next('The newest snapshot', 'services')] },
  );
}

export function snapshotFacts(ctx: CommandContext, snapshot: Snapshot): SnapshotFacts {
  return {
    number: snapshot.number,
    fileName: snapshot.fileName,
    taken: snapshot.taken,
    ageDays: extractAgeInDays(snapshot.taken, ctx.now, ctx.migration?.zone ?? 'Europe/London'),
    limitDays: ctx.migration?.settings.extractValidDays ?? 45,
  };
}

function filterOf(input: Partial<Record<'organisation' | 'site' | 'specialty' | 'id' | 'name', string | undefined>>) {
  const organisations = codesIn(input.organisation);
  const sites = codesIn(input.site);
  const specialties = codesIn(input.specialty);
  const ids = codesIn(input.id);
  const filter: ServiceFilter = {
    ...(organisations ? { organisations } : {}),
    ...(sites ? { sites } : {}),
    ...(specialties ? { specialties } : {}),
    ...(ids ? { ids } : {}),
    ...(input.name ? { name: input.name } : {}),
  };
  return filter;
}

function nothingFound(filter: ServiceFilter, snapshot: Snapshot): Refusal {
  const asked = filterInWords(filter);
  return new Refusal(
    'nothing-matches',
    asked === null
      ? `Snapshot ${snapshot.number} holds no service.`
      : `No service of snapshot ${snapshot.number} matches ${asked}. Look at what is there, then narrow it down.`,
    { remedy: [next('All services by site', 'services', { snapshot: String(snapshot.number) })] },
  );
}

function fileOf(services: readonly Service[]): string {
  const header = [
    'SERVICE_ID',
    'SERVICE_NAME',
    'PROVIDER_ORG_ID',
    'LOCATION_ORG_ID',
    'SPECIALTY_CD',
    'DIRECTLY_BOOKABLE_IND',
    'PUBLISH_IND',
    'CURRENT_ASID',
  ];
  return csvText(
    header,
    services.map((service) => [
      service.serviceId,
      service.name,
      service.providerOrg,
      service.locationOrg,
      service.specialty,
      service.directlyBookable ? 'Y' : 'N',
      service.published === null ? null : service.published ? 'Y' : 'N',
      service.currentAsid,
    ]),
  );
}
