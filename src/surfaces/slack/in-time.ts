/** Slack drops a request after 3 s; ours is acknowledged well before, finished or not (contracts, Chat). */
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
