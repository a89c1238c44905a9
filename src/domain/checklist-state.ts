import { CHECKLIST, type ChecklistItem, type Gate } from './checklist.ts';
import type { Migration } from './migration.ts';
import type { Plan, PlanKind } from './plan.ts';
import { isLive } from './plan-state.ts';
import { ROLE_WORDS } from './role.ts';

/** A person's tick, with what they wrote. `at` is an ISO instant; `target` the ASID it was made for. */
export interface ChecklistMark {
  readonly key: string;
  readonly by: string;
  readonly at: string;
  readonly evidence: string;
  readonly target: string;
  /** The practice plan that set it, or null: by hand. */
  readonly practicePlan: number | null;
}

/** What the data says about the items that nobody ticks: done, and in which words. */
export type DerivedItems = Readonly<Record<string, { readonly done: boolean; readonly because: string }>>;

export interface ItemState {
  readonly item: ChecklistItem;
  readonly done: boolean;
  /** Why it is done or not: the evidence with who and when, or what is missing. */
  readonly because: string;
  readonly by: string | null;
  readonly at: string | null;
  /** An ISO date, or null: no date is set. */
  readonly due: string | null;
}

/** The migration's own items, and the due dates of all. */
export interface ChecklistMore {
  readonly own: readonly ChecklistItem[];
  readonly due: ReadonlyMap<string, string>;
}

const NOTHING_MORE: ChecklistMore = { own: [], due: new Map() };

/** What stands before a step: the item and who can do it. */
export interface Blocker {
  readonly key: string;
  readonly words: string;
  readonly because: string;
  readonly owner: string;
}

/**
 * Every item of the list that applies, with its state (rule 7). A tick on a test item holds for 30 days (a setting) and
 * for the same target system only. A practice plan has no notice and no test gate.
 */
export function checklistStates(
  marks: readonly ChecklistMark[],
  derived: DerivedItems,
  migration: Pick<Migration, 'newAsid' | 'settings'>,
  kind: PlanKind,
  now: Temporal.Instant,
  more: ChecklistMore = NOTHING_MORE,
): ItemState[] {
  const items = [...CHECKLIST, ...more.own].filter((item) => kind === 'plan' || item.inPractice);
  return items.map((item) => {
    const due = more.due.get(item.key) ?? null;
    const found = derived[item.key];
    if (!item.byHand) {
      return { item, done: found?.done ?? false, because: found?.because ?? 'Not known yet', by: null, at: null, due };
    }
    return { ...markedState(item, marks.find((mark) => mark.key === item.key) ?? null, migration, now), due };
  });
}

/** Which plan the found items are about: the newest open one that is no practice, else the newest, else none. */
export function planOfChecklist(newestFirst: readonly Plan[]): Plan | null {
  const plans = newestFirst.filter(({ kind }) => kind === 'plan');
  return plans.find(({ state }) => isLive(state)) ?? plans[0] ?? null;
}

/** The items of a gate that are not done. Empty: the gate is open as far as the checklist goes. */
export function gateBlockers(gate: Gate, states: readonly ItemState[]): Blocker[] {
  return states
    .filter(({ item, done }) => item.gate === gate && !done)
    .map(({ item, because }) => ({ key: item.key, words: item.title, because, owner: ROLE_WORDS[item.owner] }));
}

/** What the checklist has against starting the run: the test booking among them ("a vital step"). */
export function runGateBlockers(states: readonly ItemState[]): Blocker[] {
  return [...gateBlockers('submit', states), ...gateBlockers('run', states)];
}

function markedState(
  item: ChecklistItem,
  mark: ChecklistMark | null,
  migration: Pick<Migration, 'newAsid' | 'settings'>,
  now: Temporal.Instant,
): Omit<ItemState, 'due'> {
  if (mark === null) return { item, done: false, because: 'Not done yet', by: null, at: null };
  const known = { item, by: mark.by, at: mark.at };
  if (item.forTarget && mark.target !== migration.newAsid) {
    return { ...known, done: false, because: `It was done for ${mark.target}; the target is now ${migration.newAsid}` };
  }
  const days = item.validFor === null ? null : migration.settings[item.validFor];
  if (days !== null && Temporal.Instant.from(mark.at).until(now).total('hours') > days * 24) {
    return { ...known, done: false, because: `It is older than ${days} days` };
  }
  return { ...known, done: true, because: mark.evidence };
}
