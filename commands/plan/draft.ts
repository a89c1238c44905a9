import type { Answer, CommandContext } from '../../src/command.ts';
import type { PlanKind } from '../../src/domain/plan.ts';
import type { DraftInput } from './draft-input.ts';
import { draftOf } from './draft-of.ts';
import { saveDraft } from './save-draft.ts';
import { showDiff } from './show-diff.ts';
import { waitFor } from './wait-for.ts';
import { wholeInput } from './whole-input.ts';
import { wholeDraft } from './whole-plan.ts';

/** Shows what a selection would do; saves it only when told to, and only what was shown (rule 4). */
export async function draftPlan(
  ctx: CommandContext,
  kind: PlanKind,
  typed: DraftInput,
  listed: readonly string[] | null = null,
): Promise<Answer> {
  if (typed.wait !== undefined) return waitFor(ctx, Number(typed.wait));
  const input = await wholeInput(ctx, typed, listed);
  const draft = await draftOf(ctx, kind, input);
  if (input.all === 'yes') return wholeDraft(ctx, draft, input);
  const unseen = input.shown !== undefined && input.shown !== draft.shown;
  return input.save === 'yes' && !unseen ? saveDraft(ctx, draft) : showDiff(ctx, draft, input);
}
