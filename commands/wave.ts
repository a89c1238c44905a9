import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import { isEmptySelection, refuseUnknownValues, type Selection, select } from '../src/domain/selection.ts';
import { selectionInWords } from '../src/domain/selection-words.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { selectionFields, selectionOf } from './plan/draft-input.ts';
import { migrationOf, planNamed } from './plan/on-plan.ts';
import { idsOfFile, wholeInput } from './plan/whole-input.ts';

const { site, specialty, organisation, from, priority, except, file } = selectionFields;

export const command = defineCommand({
  verb: 'wave',
  summary: 'Selections kept under a name, to plan them later',
  examples: [
    '/bsu wave',
    '/bsu wave "Wave 1" site=RXX01,RXX02',
    '/bsu wave "Wave 2" plan=3',
    '/bsu plan wave="Wave 1"',
  ],
  who: ['planner', 'service-definer', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    wave: z.string().min(2).max(60).optional().meta({ label: 'Name of the wave', field: 'text', rest: true }),
    site,
    specialty,
    organisation,
    from,
    priority,
    except,
    file,
    name: z.string().optional().meta({ label: 'Part of the name', field: 'text' }),
    ids: z.string().optional().meta({ label: 'Service ids', field: 'long-text' }),
    plan: z.coerce.number().int().positive().optional().meta({ label: 'As plan number' }),
    remove: z.enum(['yes']).optional().meta({ label: 'Forget it', form: 'never', flag: true }),
  }),
  prepare: (ctx, { plan: _plan, remove: _remove, ...input }) => idsOfFile(ctx, input),
  async run(ctx, { wave, plan, remove, ...input }, listed) {
    const { selections } = ctx.store;
    const { id } = migrationOf(ctx);
    const typed = await wholeInput(ctx, input, listed ?? null);
    const says = plan !== undefined || Object.values(typed).some((value) => value !== undefined);
    if (wave === undefined) {
      if (!says && remove === undefined) return shown(ctx);
      throw new Refusal('no-name', 'Give the wave a name, for example: /bsu wave "Wave 1" site=RXX01', {
        fields: { wave: 'Give a name.' },
      });
    }
    if (remove !== undefined) {
      if (!(await selections.forget(id, wave))) throw noWave(wave);
      ctx.record({ act: 'wave.removed', about: `wave:${wave}`, facts: {} });
      return shown(ctx);
    }
    if (!says) {
      if (!(await selections.waves(id)).some(({ name }) => name.toLowerCase() === wave.toLowerCase()))
        throw noWave(wave);
      return shown(ctx);
    }
    const selection = plan === undefined ? await typedSelection(ctx, typed) : (await planNamed(ctx, plan)).selection;
    await selections.keep(id, wave, selection, ctx.person.id, ctx.now.toString());
    ctx.record({ act: 'wave.saved', about: `wave:${wave}`, facts: { selection } });
    return shown(ctx);
  },
});

async function typedSelection(ctx: CommandContext, input: Parameters<typeof selectionOf>[0]): Promise<Selection> {
  const { selection } = selectionOf(input, null);
  if (isEmptySelection(selection)) {
    throw new Refusal('empty-selection', 'Say which services: sites, specialties, part of the name, or service ids.');
  }
  const snapshot = await ctx.store.snapshots.current(migrationOf(ctx).id);
  if (snapshot) refuseUnknownValues(await ctx.store.plans.pool(snapshot.id, selection), selection, snapshot.number);
  return selection;
}

async function shown(ctx: CommandContext): Promise<Answer> {
  const migration = migrationOf(ctx);
  const snapshot = await ctx.store.snapshots.current(migration.id);
  const waves = [];
  for (const { name, selection, by, at } of await ctx.store.selections.waves(migration.id)) {
    const pool = snapshot ? await ctx.store.plans.pool(snapshot.id, selection) : [];
    const services = select(pool, selection).length;
    const names = await ctx.store.organisations.names(migration.id, [...selection.sites, ...selection.organisations]);
    const words = selectionInWords(selection, services, (code) => names.get(code) ?? code);
    waves.push({ name, words, services, by, at });
  }
  return answer('plan.waves', { waves, zone: migration.zone });
}

function noWave(name: string): Refusal {
  return new Refusal('no-wave', `There is no wave "${name}".`, { remedy: [next('Waves', 'wave')] });
}
