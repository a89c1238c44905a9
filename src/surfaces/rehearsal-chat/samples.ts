import type { Readable } from 'node:stream';
import { Readable as NodeReadable } from 'node:stream';
import { z } from 'zod';
import { Refusal } from '../../kernel/errors.ts';

/** A file that the rehearsal world offers for trying things out. */
export interface Sample {
  readonly name: string;
  readonly what: string;
}

export interface Samples {
  list(): Promise<readonly Sample[]>;
  /** The bytes of a sample by its name; a Refusal when the world has no such file. */
  open(name: string): Promise<Readable>;
}

const SampleList = z.array(z.object({ name: z.string(), url: z.string(), what: z.string().default('') }));

/** The sample files at `world` (an origin). Nothing is ever fetched from anywhere else, whatever the list says. */
export function worldSamples(world: string): Samples {
  const fetchList = async () => {
    const response = await fetch(new URL('/samples/', world), { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`The rehearsal world answered ${response.status} for its samples.`);
    return SampleList.parse(await response.json());
  };
  return {
    list: async () => (await fetchList()).map(({ name, what }) => ({ name, what })),
    async open(name) {
      const sample = (await fetchList()).find((one) => one.name === name);
      const url = sample && new URL(sample.url, world);
      if (!url || url.origin !== new URL(world).origin) throw noSample(name);
      const response = await fetch(url, { signal: AbortSignal.timeout(60_000), redirect: 'error' });
      if (!response.ok || !response.body) throw noSample(name);
      return NodeReadable.fromWeb(response.body);
    },
  };
}

function noSample(name: string): Refusal {
  return new Refusal('no-sample', `The rehearsal has no sample file "${name}". Choose one of the list.`);
}
