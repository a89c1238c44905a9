import { z } from 'zod';
import { answer, type CommandContext, defineCommand, type SeenPicture } from '../src/command.ts';
import type { Run } from '../src/domain/run.ts';
import { RUN_STATE_WORDS } from '../src/domain/run-decide.ts';
import type { GuidedAction } from '../src/domain/run-guided.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { guidedStep } from './running/guided.ts';
import { handOver } from './running/hand-over.ts';
import { asOf, LATE_FIELD } from './running/late.ts';
import { askerOf, newestRun, runPage } from './running/run-of.ts';

const WHAT = [
  'done',
  'count',
  'confirm',
  'pressed',
  'failed',
  'clear',
  'new',
  'old',
  'other',
  'handover',
  'follow',
] as const;

const input = z
  .object({
    what: z.enum(WHAT).meta({ label: 'What happened', field: 'choice', word: WHAT.join('|') }),
    site: z.string().max(20).optional().meta({ label: 'Site', field: 'text' }),
    counted: z.coerce
      .number()
      .int()
      .min(0)
      .max(100_000)
      .optional()
      .meta({ label: 'How many services are ticked at this site on your screen?', field: 'number' }),
    service: z
      .string()
      .regex(/^\d{1,11}$/, 'A service id has digits only.')
      .optional()
      .meta({ label: 'Service id', field: 'text', word: '\\d{4,11}' }),
    how: z.enum(['person', 'screenshot']).default('person').meta({ label: 'How it was confirmed', word: 'screenshot' }),
    clean: z
      .enum(['yes'])
      .optional()
      .meta({
        label: 'A screenshot cannot be read for patient data. Is there none on it?',
        hint: 'No name, NHS number, date of birth or booking reference. If there is one, delete the picture and take another',
        field: 'choice',
        options: [{ value: 'yes', label: 'I looked: there is none' }],
      }),
    picture: z.string().optional().meta({
      label: 'The screenshot, with the ticks and the number beside each site',
      hint: 'PNG or JPEG, at most 10 MB. It is not kept: the record has its fingerprint, so keep the picture yourself',
      field: 'file',
      word: 'file-[a-p]{32}',
    }),
    to: z.coerce.number().int().optional().meta({ label: 'To whom it is handed over', form: 'never' }),
    at: z.string().max(40).optional().meta(LATE_FIELD),
    group: z.coerce.number().int().optional().meta({ label: 'Group' }),
    step: z.string().optional().meta({ label: 'Step' }),
  })
  .superRefine((input, check) => {
    const need = (path: 'site' | 'counted' | 'service', message: string) => {
      if (input[path] === undefined) check.addIssue({ code: 'custom', path: [path], message });
    };
    if (input.what === 'count') {
      need('site', 'Which site did you count?');
      need('counted', 'Type the number that you counted on the screen.');
    }
    if (input.what === 'confirm' && input.how === 'screenshot' && input.clean === undefined) {
      check.addIssue({ code: 'custom', path: ['clean'], message: 'Look at the picture first.' });
    }
    if (input.what === 'confirm' && input.how === 'screenshot' && input.picture === undefined) {
      check.addIssue({ code: 'custom', path: ['picture'], message: 'Send the screenshot.' });
    }
    if (['new', 'old', 'other'].includes(input.what)) need('service', 'Which service did you look at?');
  });

export const command = defineCommand<typeof input, SeenPicture | null>({
  verb: 'step',
  summary: 'Confirm a step of the guided run: done, what you counted, what the screen shows',
  examples: ['/bsu step done', '/bsu step count site=XR101 counted=131', '/bsu step confirm', '/bsu step clear'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input,
  /** Only where it is asked for, so that no other step can carry a file in. */
  prepare: async (ctx, { what, how, picture }) =>
    what === 'confirm' && how === 'screenshot' && picture !== undefined ? ctx.intake.picture(picture) : null,
  async run(ctx, input, picture) {
    const run = await newestRun(ctx);
    if (input.what === 'follow') return followed(ctx, run);
    if (input.what === 'handover') return handOver(ctx, run, input.to);
    refuseStale(run, input.group, input.step);
    refuseHeld(run, input.what);
    if (input.what === 'confirm') refuseObservers(ctx);
    else refuseOthers(ctx, run);
    return guidedStep(asOf(ctx, input.at, run.guided?.since), run, actionOf(input, picture ?? null));
  },
});

/** The run as its page shows it; to look at it needs no more than a role. */
async function followed(ctx: CommandContext, run: Run) {
  const shown = await ctx.store.runViews.shown(run.id, ctx.now, { asker: askerOf(ctx) });
  const steps = await ctx.store.runSteps.of(run.id);
  return answer('run.followed', { run: shown, steps }, { pages: [runPage(run)] });
}

interface Step {
  readonly what: (typeof WHAT)[number];
  readonly site?: string | undefined;
  readonly counted?: number | undefined;
  readonly service?: string | undefined;
  readonly how: 'person' | 'screenshot';
}

function actionOf(input: Step, picture: SeenPicture | null): GuidedAction {
  switch (input.what) {
    case 'count':
      return { kind: 'counted', site: input.site ?? '', counted: input.counted ?? 0 };
    case 'confirm':
      return picture === null
        ? { kind: 'confirmed', how: 'person' }
        : { kind: 'confirmed', how: 'screenshot', sha256: picture.sha256 };
    case 'pressed':
      return { kind: 'pressed' };
    case 'failed':
      return { kind: 'update-failed' };
    case 'clear':
      return { kind: 'clear' };
    case 'other':
      return { kind: 'other', serviceId: input.service ?? '' };
    case 'new':
    case 'old':
      return { kind: 'shows', serviceId: input.service ?? '', new: input.what === 'new' };
    default:
      return { kind: 'done' };
  }
}

/** A button of an older card must not confirm a later step. */
function refuseStale(run: Run, group: number | undefined, step: string | undefined): void {
  const place = run.guided;
  if (place === null) return;
  if ((group === undefined || group === place.group) && (step === undefined || step === place.step)) return;
  throw new Refusal('stale-card', 'That card showed an earlier step. Here is where the run is now.', {
    remedy: [next('The run', 'run')],
  });
}

/** While the run is held, only what has happened on the screen already is taken down, and the way out. */
function refuseHeld(run: Run, what: Step['what']): void {
  if (run.state === 'running' || run.state === 'rolling-back') return;
  if (run.state === 'paused' && ['pressed', 'failed', 'clear', 'new', 'old'].includes(what)) return;
  throw new Refusal('run-state', `The run is ${RUN_STATE_WORDS[run.state]}, so no step is open.`, {
    remedy: [next('Go on', 'resume'), next('The run', 'run')],
  });
}

/** The second person knows what they look at: anybody with a role, but not an observer alone. */
function refuseObservers(ctx: CommandContext): void {
  if (ctx.roles.some((role) => role !== 'observer')) return;
  throw new Refusal(
    'role',
    'An observer cannot be the second person. Ask the deputy, the e-RS lead, a planner or a tester.',
    {
      remedy: [next('Who is on tonight', 'tonight')],
    },
  );
}

/** The steps are the service definer's who carries the run out; the deputy takes over by hand-over. */
function refuseOthers(ctx: CommandContext, run: Run): void {
  if (ctx.person.id === run.runnerId) return;
  throw new Refusal(
    'not-the-runner',
    'Another service definer carries this run out. Take it over first, or let them confirm the step.',
    {
      remedy:
        ctx.person.id === run.deputyId
          ? [next('Take over', 'step', { what: 'handover', to: String(run.deputyId) })]
          : [next('The run', 'run')],
    },
  );
}
