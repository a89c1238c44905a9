/** Slack drops a request after 3 s, Teams a click after 5; ours is acknowledged well before, finished or not (contracts, Chat). */
export const ACKNOWLEDGE_WITHIN = 1_500;
/** When a person is told that an answer will not come, in milliseconds: a database that hangs never says so itself. */
export const GIVE_UP_AFTER = 60_000;

export type InTime<T> = { readonly kind: 'finished'; readonly value: T } | { readonly kind: 'late' };

/** The work's result if it comes within `milliseconds`, else `late`; the work goes on. Rejects if the work rejects in time. */
export async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<InTime<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<InTime<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'late' }), milliseconds);
  });
  try {
    return await Promise.race([work.then((value): InTime<T> => ({ kind: 'finished', value })), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Gives the work's result when it comes. After `milliseconds` it says once that it gave up waiting; what comes later still counts. */
export async function inTheEnd<T>(
  work: Promise<T>,
  milliseconds: number,
  { give, gaveUp }: { give: (value: T) => Promise<void>; gaveUp: () => Promise<void> },
): Promise<void> {
  const second = await inTime(work, milliseconds);
  if (second.kind === 'finished') return give(second.value);
  await gaveUp();
  // Not waited for: a database that hangs would hold up our stopping.
  work.then(give).catch(() => {});
}
