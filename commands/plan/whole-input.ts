import type { CommandContext, PrepareContext } from '../../src/command.ts';
import { readIdList } from '../../src/domain/id-list.ts';
import { findPatientData } from '../../src/domain/patient-data.ts';
import { FIELD_OF_PART, type Selection, type SelectionPart } from '../../src/domain/selection.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import type { DraftInput } from './draft-input.ts';
import { migrationOf } from './on-plan.ts';

const BIGGEST = 1_000_000;

/** The ids of an uploaded list, read before the transaction; null where none was sent. */
export async function idsOfFile(ctx: PrepareContext, input: DraftInput): Promise<readonly string[] | null> {
  if (input.file === undefined) return null;
  const { name, text } = await ctx.intake.text(input.file, BIGGEST);
  if (findPatientData(text)) {
    throw new Refusal(
      'patient-data',
      `${name} looks as if it held patient data. It was not kept. Send service ids only.`,
      {
        fields: { file: 'Send service ids only.' },
      },
    );
  }
  return readIdList(text, name);
}

/**
 * What was typed with what it refers to put in: the selection that was shown under a code (a button cannot hold thousands of
 * ids), a wave by its name, and the ids of an uploaded list.
 */
export async function wholeInput(
  ctx: CommandContext,
  typed: DraftInput,
  listed: readonly string[] | null,
): Promise<DraftInput> {
  const { file: _file, wave, ...rest } = typed;
  const alone = typed.shown !== undefined && (typed.save ?? typed.all) === 'yes' && onlyTheCode(typed);
  const base = alone ? { ...(await shownInput(ctx, typed.shown ?? '')), ...rest } : rest;
  const named = wave === undefined ? base : { ...base, ...(await waveFields(ctx, wave, base)) };
  return listed === null ? named : { ...named, ids: [named.ids ?? '', ...listed].filter((id) => id !== '').join(',') };
}

function onlyTheCode(typed: DraftInput): boolean {
  return Object.entries(typed).every(
    ([name, value]) => value === undefined || ['shown', 'save', 'all', 'plan'].includes(name),
  );
}

async function shownInput(ctx: CommandContext, code: string): Promise<DraftInput> {
  const input = await ctx.store.selections.shown(migrationOf(ctx).id, code);
  if (input) return input;
  throw new Refusal('stale-card', 'That difference was shown too long ago. Choose the services again, then save.', {
    remedy: [next('Choose services', 'plan')],
  });
}

/** A wave can be taken with more ids or exceptions; to narrow it, save another one. */
async function waveFields(ctx: CommandContext, name: string, base: DraftInput): Promise<DraftInput> {
  const waves = await ctx.store.selections.waves(migrationOf(ctx).id);
  const wave = waves.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  if (!wave) {
    const known = waves.map((one) => `"${one.name}"`).join(', ') || 'none yet';
    throw new Refusal('no-wave', `There is no wave "${name}". There are: ${known}.`, {
      remedy: [next('Waves', 'wave')],
    });
  }
  const narrowing = ['site', 'specialty', 'name', 'organisation', 'from', 'priority'] as const;
  if (narrowing.some((field) => base[field] !== undefined)) {
    throw new Refusal('wave-and-more', 'A wave is taken as it is: besides it, only ids and "except" can be given.', {
      remedy: [next('Waves', 'wave')],
    });
  }
  const fields = fieldsOfSelection(wave.selection);
  const both = (field: 'ids' | 'except') =>
    [fields[field], base[field]].filter((value) => value !== undefined).join(',');
  return {
    ...fields,
    ...(both('ids') ? { ids: both('ids') } : {}),
    ...(both('except') ? { except: both('except') } : {}),
  };
}

/** A selection as its fields are typed. */
export function fieldsOfSelection(selection: Selection): DraftInput {
  const parts = Object.entries(FIELD_OF_PART) as [SelectionPart, (typeof FIELD_OF_PART)[SelectionPart]][];
  return Object.fromEntries(
    parts.flatMap(([part, field]) => (selection[part].length > 0 ? [[field, selection[part].join(',')]] : [])),
  );
}
