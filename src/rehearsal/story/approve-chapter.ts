import type { PlannedStory } from './plan-chapter.ts';
import { answered, type Stage } from './stage.ts';
import type { Facts } from './world-door.ts';

/** The votes: the author is refused, a vote on an old card is refused, then the policy is met. */
export async function approveChapter({ doors, transcript }: Stage, story: PlannedStory): Promise<void> {
  transcript.chapter('Approve');
  const author = await doors.press('planner', 'approve', { code: story.code });
  if (author.kind === 'refusal') story.refused.add('author');
  transcript.hold(author.kind === 'refusal', `the author was refused: ${firstLine(author.message)}`);
  // One service is taken off: what the approver's card still shows is no longer the plan. Put back, it is the plan again.
  const services = answered(await doors.press('planner', 'services', { site: 'XR103' }));
  const [first] = services.first as readonly { readonly serviceId: string }[];
  await changePlan({ doors, transcript }, story, { remove: first?.serviceId ?? '' });
  const stale = await doors.press('approver', 'approve', { code: story.code });
  if (stale.kind === 'refusal') story.refused.add('stale-card');
  transcript.hold(stale.kind === 'refusal', `a vote on an old card was refused: ${firstLine(stale.message)}`);
  await changePlan({ doors, transcript }, story, { add: first?.serviceId ?? '' });
  const code = String((await planCard({ doors }, 'approver', story.plan)).code);
  for (const voter of ['approver', 'second-approver', 'clinical-safety-officer'])
    transcript.say(`${voter}, in Slack: ${firstLine(await doors.slack(voter, `approve ${code}`))}`);
  const plan = await planCard({ doors }, 'planner', story.plan);
  transcript.hold(plan.state === 'approved', 'two approvers and the clinical safety officer approved it');
}

async function changePlan(
  { doors, transcript }: Pick<Stage, 'doors' | 'transcript'>,
  story: PlannedStory,
  change: Readonly<Record<string, string>>,
): Promise<void> {
  const diff = answered(await doors.press('planner', 'plan', { plan: story.plan, ...change }));
  const save = diff.save as { readonly verb: string; readonly input: Readonly<Record<string, string>> };
  const saved = answered(await doors.press('planner', save.verb, save.input));
  const [[what, serviceId] = []] = Object.entries(change);
  transcript.say(`Service ${serviceId}: ${what}; the plan's code is now ${saved.code ?? 'none'}.`);
  if (saved.state === 'draft') answered(await doors.press('planner', 'submit', { plan: story.plan }));
}

/** The plan's card as somebody sees it now. */
export async function planCard({ doors }: Pick<Stage, 'doors'>, as: string, plan: string): Promise<Facts> {
  const opened = answered(await doors.press(as, 'show', { plan }));
  return (opened.plan ?? opened) as Facts;
}

export function firstLine(text: string | undefined): string {
  return (text ?? '').split('\n').find((line) => line.trim() !== '') ?? '';
}
