import { z } from 'zod';
import { type CommandContext, defineCommand } from '../src/command.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import { countsUntil, MINUTES_ASKED, MINUTES_TO_ANSWER, type Run, type UndoRequest } from '../src/domain/run.ts';
import { mayRun } from '../src/domain/run-decide.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { clockInWords, inWords } from '../src/kernel/time-words.ts';
import { call, touch } from './running/act.ts';
import { asOf, LATE_FIELD, lateWords } from './running/late.ts';
import { migrationOf, shown } from './running/run-of.ts';
import { refuseUndo, runToUndo, stayForward, turnBack } from './running/turn-back.ts';

export const command = defineCommand({
  verb: 'undo',
  summary: 'Take what the run changed back to the old system, while the old PAS answers',
  examples: ['/bsu undo', '/bsu undo agree plan=2', '/bsu undo go reason="Nobody answers, and clinics start at 8am"'],
  who: ['service-definer', 'e-rs-lead', 'clinical-safety-officer', 'approver'],
  menu: 'none',
  needsMigration: true,
  input: z
    .object({
      what: z.enum(['ask', 'agree', 'go', 'stay']).default('ask').meta({ label: 'What', word: 'agree|go|stay' }),
      checked: z
        .string()
        .max(60)
        .optional()
        .meta({ label: 'When did you see the old PAS answer?', hint: 'Like now, or 8:40pm', field: 'text' }),
      plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
      at: z.string().max(40).optional().meta(LATE_FIELD),
      reason: z.string().min(3).max(300).optional().meta({ label: 'Why', field: 'long-text', rest: true }),
    })
    .superRefine((input, check) => {
      const asked = input.what === 'ask' || input.what === 'go';
      if (input.what === 'ask' && input.checked === undefined) {
        check.addIssue({
          code: 'custom',
          path: ['checked'],
          message: 'Look whether the old PAS answers, and say when.',
        });
      }
      if (asked && input.reason === undefined) {
        check.addIssue({ code: 'custom', path: ['reason'], message: 'Say why it goes back.' });
      }
    }),
  async run(asked, input) {
    const run = await runToUndo(asked, input.plan);
    const ctx = asOf(asked, input.at, run.undo?.at ?? run.startedAt);
    if (run.direction === 'undo' && input.what === 'stay') return stayForward(ctx, run);
    if (run.direction === 'undo') return shown(ctx, run.id, { notice: 'It is going back already.' });
    if (input.what === 'stay') return stay(ctx, run);
    await refuseUndo(ctx, run);
    if (input.what === 'ask') return ask(ctx, run, input.checked ?? 'now', input.reason ?? '');
    return input.what === 'agree' ? agree(ctx, run) : goAlone(ctx, run, input.reason ?? '');
  },
});

async function ask(ctx: CommandContext, run: Run, checked: string, reason: string) {
  if (!ctx.roles.includes('service-definer')) {
    throw new Refusal(
      'role',
      'The service definer asks for the undo, having seen the old PAS answer; you can agree to it.',
    );
  }
  if (!mayRun(run, 'undo')) {
    throw new Refusal('run-state', 'Pause or abort the run first; then it can go back.', {
      remedy: [next('Pause', 'pause'), next('Abort', 'abort')],
    });
  }
  const seen = readLocalTime(checked, migrationOf(ctx).zone, ctx.now);
  if (
    Temporal.Instant.compare(seen, ctx.now) > 0 ||
    Temporal.Instant.compare(seen, ctx.now.subtract({ hours: 1 })) < 0
  ) {
    throw new Refusal('old-pas-check', 'Look at the old PAS now: the check has to be from the last hour.', {
      fields: { checked: 'Give a time in the last hour, or "now".' },
    });
  }
  const undo = {
    by: ctx.person.id,
    at: ctx.now.toString(),
    oldPasCheckedAt: seen.toString(),
    agreedBy: null,
    reasonWithoutAnswer: null,
  };
  await ctx.store.runs.setUndo(run.id, undo);
  ctx.record({ act: 'run.undo.asked', about: `run:${run.id}`, facts: { ...undo, reason }, hash: run.planHash });
  touch(ctx, run);
  await call(ctx, run, 'undo-asked', `${ctx.person.name}: ${reason}.`);
  const aloneFrom = ctx.now.add({ minutes: MINUTES_TO_ANSWER });
  return shown(ctx, run.id, {
    notice: `${lateNotice(ctx)}Asked. The e-RS lead, the clinical safety officer or an approver has to agree. If nobody answers, you can go on with a reason from ${clockInWords(aloneFrom, migrationOf(ctx).zone)}.`,
  });
}

async function agree(ctx: CommandContext, run: Run) {
  const undo = askedFor(ctx, run);
  if (undo.by === ctx.person.id) {
    throw new Refusal(
      'same-person',
      'You asked for it, so someone else has to agree: the e-RS lead, the clinical safety officer or an approver.',
      { remedy: [next('Who is who', 'people'), next('The run', 'run')] },
    );
  }
  const may = (['e-rs-lead', 'clinical-safety-officer', 'approver'] as const).some((role) => ctx.roles.includes(role));
  if (!may) {
    throw new Refusal('role', 'The e-RS lead, the clinical safety officer or an approver agrees to an undo.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  return turnBack(ctx, run, { ...undo, agreedBy: ctx.person.id });
}

async function goAlone(ctx: CommandContext, run: Run, reason: string) {
  const undo = askedFor(ctx, run);
  if (undo.by !== ctx.person.id) {
    throw new Refusal('not-the-asker', 'Who asked for the undo goes on with it. You can agree.', {
      remedy: [next('The run', 'run')],
    });
  }
  const from = Temporal.Instant.from(undo.at).add({ minutes: MINUTES_TO_ANSWER });
  if (Temporal.Instant.compare(ctx.now, from) < 0) {
    throw new Refusal(
      'too-early',
      `Others have ${MINUTES_TO_ANSWER} minutes to answer. From ${clockInWords(from, migrationOf(ctx).zone)} you can go on with a reason.`,
      { remedy: [next('The run', 'run')] },
    );
  }
  return turnBack(ctx, run, { ...undo, reasonWithoutAnswer: reason });
}

/** The answer to “undo now, or stay?”, asked for or not: it is kept who decided. */
async function stay(ctx: CommandContext, run: Run) {
  await ctx.store.runs.setUndo(run.id, null);
  ctx.record({
    act: run.undo === null ? 'run.undo.stay' : 'run.undo.dropped',
    about: `run:${run.id}`,
    facts: { undo: run.undo },
    hash: run.planHash,
  });
  touch(ctx, run);
  return shown(ctx, run.id, { notice: `${lateNotice(ctx)}It stays on the new system.` });
}

function lateNotice(ctx: CommandContext): string {
  const words = lateWords(ctx);
  return words === '' ? '' : `${words} `;
}

/** What was asked for and still counts. */
function askedFor(ctx: CommandContext, { undo }: Run): UndoRequest {
  const remedy = [next('Ask for the undo', 'undo')];
  if (undo === null) {
    const words = 'Nobody has asked for an undo. The service definer asks, having seen the old PAS answer.';
    throw new Refusal('no-undo', words, { remedy });
  }
  if (Temporal.Instant.compare(ctx.now, countsUntil(undo)) <= 0) return undo;
  throw new Refusal(
    'undo-too-old',
    `The undo was asked for at ${inWords(undo.at, migrationOf(ctx).zone)}, more than ${MINUTES_ASKED} minutes ago. The service definer looks at the old PAS again, and asks again.`,
    { remedy },
  );
}
