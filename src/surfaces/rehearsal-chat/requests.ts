import { z } from 'zod';
import { CAST } from './cast.ts';

const userId = z.enum(CAST.map((member) => member.userId) as [string, ...string[]]);

/** What the page and scripts send; anything else is answered with 400. */
export const Who = z.object({ as: userId });
export const Say = z.object({ as: userId, text: z.string().max(10_000) });
export const Do = z.object({
  as: userId,
  verb: z.string().max(100),
  input: z.record(z.string().max(100), z.string().max(100_000)).default({}),
  fromForm: z.boolean().default(false),
  onCard: z.int().positive().optional(),
});
export const Upload = z.object({ as: userId, name: z.string().min(1).max(255) });
export const ImportSample = z.object({ as: userId, name: z.string().min(1).max(255) });
export const MoveClock = z.union([z.object({ to: z.iso.datetime() }), z.object({ local: z.string().max(40) })]);
