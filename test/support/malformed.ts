import fc from 'fast-check';

/** Values that stand where others are expected. */
export function odd(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom(
      null,
      undefined,
      true,
      0,
      -1,
      1e308,
      '',
      '\0',
      '\uD800',
      [],
      {},
      [null],
      { id: null },
      '__proto__',
      'constructor',
    ),
    fc.jsonValue({ maxDepth: 2 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
}

/** One of the truths with one to four of its inner places replaced or taken away. */
export function broken(...truths: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...truths), fc.array(fc.tuple(fc.nat(80), odd()), { minLength: 1, maxLength: 4 }))
    .map(([truth, changes]) =>
      changes.reduce((value, [at, other]) => replaceNth(value, at, other), structuredClone(truth)),
    );
}

/** The value with its n-th inner place replaced (`undefined` takes it away). */
function replaceNth(value: unknown, nth: number, other: unknown): unknown {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (inside: unknown): void => {
    if (typeof inside !== 'object' || inside === null) return;
    for (const key of Object.keys(inside)) {
      places.push([inside as Record<string, unknown>, key]);
      walk((inside as Record<string, unknown>)[key]);
    }
  };
  walk(value);
  const place = places[nth % Math.max(1, places.length)];
  if (place) place[0][place[1]] = structuredClone(other);
  return value;
}
