import type { Migration } from '../domain/migration.ts';
import type { Plan } from '../domain/plan.ts';
import type { Store } from './store.ts';

/** The week that holds the next window that is not over: a board drawn on a week without it would not show it. */
export function weekOf(
  { zone }: Migration,
  windows: readonly { readonly from: string; readonly to: string }[],
  now: Temporal.Instant,
): string | null {
  const ahead = windows.filter(({ to }) => Temporal.Instant.compare(to, now) > 0).map(({ from }) => from);
  const [next] = ahead.sort((one, other) => Temporal.Instant.compare(one, other));
  return next === undefined ? null : Temporal.Instant.from(next).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** Of the live plans, in their order. */
export async function windowsOf(store: Store, live: readonly Plan[]) {
  const windows = [];
  for (const plan of live) {
    const own = await store.windows.of(plan.id);
    windows.push(...own.map((window, position) => ({ ...window, plan: plan.number, position })));
  }
  return windows;
}
