import { z } from 'zod';
import { EMPTY_SELECTION, parseSelection, type Selection } from '../../src/domain/selection.ts';

const LIST = 'Several with a comma between them';

/** What `plan` and `practice` take. Each list may be left out; at least one thing must be said. */
export const draftFields = {
  plan: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional()
    .meta({ label: 'Plan number', hint: 'To change a plan that is there', word: '\\d{1,5}' }),
  ids: z
    .string()
    .optional()
    .meta({ label: 'Service ids', hint: LIST, word: '\\d{6,20}(?:,\\d{6,20})*', field: 'long-text', form: 'ask' }),
  runner: z.string().optional().meta({ label: 'Service definer who runs it', field: 'choice', form: 'ask' }),
  deputy: z.string().optional().meta({ label: 'Deputy', field: 'choice', form: 'ask' }),
  refresh: z.enum(['yes']).optional().meta({ label: 'Look again with the newest import', form: 'never', flag: true }),
  save: z.enum(['yes']).optional().meta({ label: 'Save', form: 'never', flag: true }),
  /** Every service, as the page shows them. */
  all: z.enum(['yes']).optional().meta({ label: 'Every service', form: 'never', flag: true }),
  /** The number of the plan that holds the services: tell me when it lets them go. */
  wait: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional()
    .meta({ label: 'Tell me when this plan lets them go', form: 'never' }),
  /** The code of the difference that was shown: what is saved is what was seen. */
  shown: z.string().optional().meta({ label: 'Shown', form: 'never' }),
};

export const selectionFields = {
  file: z.string().optional().meta({
    label: 'List of service ids',
    hint: 'A file with one a line',
    field: 'file',
    form: 'ask',
    word: 'file-[a-p]{32}',
  }),
  wave: z.string().optional().meta({ label: 'Wave', hint: 'A selection kept under a name' }),
  site: z.string().optional().meta({
    label: 'Sites',
    hint: 'ODS site codes',
    field: 'choices',
    form: 'ask',
    word: '(?=[A-Z0-9,]*\\d)[A-Z][A-Z0-9]{3,8}(?:,[A-Z0-9]{4,9})*',
  }),
  specialty: z
    .string()
    .optional()
    .meta({ label: 'Specialties', hint: 'Codes as in the extract', field: 'text', form: 'ask' }),
  name: z
    .string()
    .optional()
    .meta({ label: 'Part of the name', hint: '* stands for anything', field: 'text', form: 'ask', rest: true }),
  organisation: z.string().optional().meta({ label: 'Organisations', hint: 'ODS codes', field: 'text', form: 'ask' }),
  from: z
    .string()
    .optional()
    .meta({ label: 'Now on the provider system', hint: 'ASID', holds: 'asid', field: 'text', form: 'ask' }),
  priority: z
    .string()
    .optional()
    .meta({
      label: 'Priorities',
      hint: 'Services that take these referrals',
      field: 'choices',
      form: 'ask',
      options: [
        { value: 'routine', label: 'Routine' },
        { value: 'urgent', label: 'Urgent' },
        { value: 'suspected-cancer', label: 'Urgent suspected cancer' },
      ],
    }),
  except: z
    .string()
    .optional()
    .meta({ label: 'But not these', hint: 'Service ids or site codes', form: 'ask', field: 'long-text' }),
  add: z.string().optional().meta({ label: 'Service ids to add', hint: LIST }),
  remove: z.string().optional().meta({ label: 'Service ids or sites to take off', hint: LIST }),
  verify: z
    .string()
    .optional()
    .meta({ label: 'Verification services', hint: 'Service ids; at least three, one a site. Proposed if left out' }),
};

export type DraftInput = {
  readonly [Field in keyof typeof draftFields | keyof typeof selectionFields]?: string | undefined;
};

const SAYS_SOMETHING = [
  'wait',
  'file',
  'wave',
  'site',
  'specialty',
  'name',
  'organisation',
  'from',
  'priority',
  'ids',
  'except',
  'add',
  'remove',
  'verify',
  'runner',
  'deputy',
  'refresh',
] as const;

/** True when the line says what to select or to change; otherwise the form asks. */
export function saysSomething(input: DraftInput): boolean {
  return (
    SAYS_SOMETHING.some((field) => input[field] !== undefined) ||
    (input.shown !== undefined && (input.save ?? input.all) === 'yes')
  );
}

/** Saying one of these chooses anew. */
const ANEW = ['site', 'organisation', 'specialty', 'name', 'from', 'priority', 'ids'] as const;

/** The selection that was typed; on a plan that is there, `add` and `remove` change the one it has. */
export function selectionOf(input: DraftInput, before: Selection | null): { selection: Selection; typed: boolean } {
  const lists = parseSelection({
    ...(input.site === undefined ? {} : { sites: input.site }),
    ...(input.organisation === undefined ? {} : { organisations: input.organisation }),
    ...(input.specialty === undefined ? {} : { specialties: input.specialty }),
    ...(input.name === undefined ? {} : { names: input.name }),
    ...(input.from === undefined ? {} : { systems: input.from }),
    ...(input.priority === undefined ? {} : { priorities: input.priority }),
    ...(input.ids === undefined ? {} : { ids: input.ids }),
    ...(input.except === undefined ? {} : { except: input.except }),
  });
  const added = input.add === undefined ? [] : parseSelection({ ids: input.add }).ids;
  const removed = input.remove === undefined ? [] : parseSelection({ except: input.remove }).except;
  const anew = ANEW.some((field) => input[field] !== undefined);
  const base = anew ? lists : { ...(before ?? EMPTY_SELECTION), except: union(before?.except ?? [], lists.except) };
  const selection = {
    ...base,
    ids: union(base.ids, added).filter((id) => !removed.includes(id)),
    except: union(base.except, removed).filter((value) => !added.includes(value)),
  };
  return { selection, typed: anew || input.except !== undefined || added.length > 0 || removed.length > 0 };
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}
