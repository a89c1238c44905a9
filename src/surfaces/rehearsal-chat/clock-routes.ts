import type { FastifyInstance } from 'fastify';
import type { BankHolidays } from '../../domain/bank-holidays.ts';
import type { Clock } from '../../kernel/clock.ts';
import { inWords } from '../../kernel/time-words.ts';
import { quickMoves, REHEARSAL_ZONE, typedTime } from './moves.ts';
import { MoveClock } from './requests.ts';
import type { WorldClock } from './world-clock.ts';

interface ClockDeps {
  readonly clock: Clock;
  readonly worldClock: WorldClock | null;
  readonly bankHolidays: BankHolidays;
}

/** The rehearsal's clock: what it says, where it can be moved with one press, and the move itself. */
export function clockRoutes(app: FastifyInstance, { clock, worldClock, bankHolidays }: ClockDeps): void {
  const read = () => {
    const now = clock.now();
    return {
      now: now.toString(),
      words: inWords(now, REHEARSAL_ZONE),
      moves: worldClock === null ? [] : quickMoves(now, bankHolidays),
    };
  };
  app.get('/rehearsal/clock', (_, reply) => reply.header('cache-control', 'no-store').send(read()));
  app.post('/rehearsal/clock', async (request, reply) => {
    if (worldClock === null) return reply.code(409).send({ problem: NO_WORLD, ...read() });
    const move = MoveClock.parse(request.body);
    const to = 'to' in move ? move.to : typedTime(move.local)?.toString();
    if (to === undefined) return reply.code(422).send({ problem: NO_TIME, ...read() });
    const moved = await worldClock.moveTo(to);
    return moved ? reply.send(read()) : reply.code(422).send({ problem: backwards(to), ...read() });
  });
}

const NO_WORLD = 'The clock can be moved only where the rehearsal world runs. Start it with npm start.';
const NO_TIME =
  'That is not a time the clock can show: choose a day and a time, and not the hour that a clock change skips or repeats.';

function backwards(to: string): string {
  return `The clock goes forwards only, and ${inWords(to, REHEARSAL_ZONE)} has gone by. Choose a later time.`;
}
