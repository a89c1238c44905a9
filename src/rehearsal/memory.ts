import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErsService } from './estate.ts';
import type { World } from './rooms.ts';

/**
 * What the world remembers from one `npm start` to the next, in the service's data folder: its clock, which never goes back,
 * and what each service is linked to. Mails, bookings and counters begin afresh. `keep` writes where something changed.
 */
export function worldMemory(world: World, folder: string): { keep(): void } {
  const file = join(folder, 'rehearsal-world.json');
  recall(world, file);
  let written = '';
  return {
    keep: () => {
      const text = JSON.stringify({ offset: world.clock.offset(), services: world.estate.services() });
      if (text === written) return;
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
      written = text;
    },
  };
}

function recall(world: World, file: string): void {
  const text = textOf(file);
  if (text === null) return;
  const { offset, services } = JSON.parse(text) as { offset: number; services: Remembered[] };
  world.clock.advance(offset / 1000);
  for (const one of services) {
    // A sample of another size has other services: only those that are there take up their links again.
    if (!world.estate.service(one.serviceId)) continue;
    world.estate.save({ ...one, changedAt: instantOf(one.changedAt), polledAt: instantOf(one.polledAt) });
  }
}

type Remembered = Omit<ErsService, 'changedAt' | 'polledAt'> & {
  readonly changedAt: string | null;
  readonly polledAt: string | null;
};

function instantOf(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text);
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
