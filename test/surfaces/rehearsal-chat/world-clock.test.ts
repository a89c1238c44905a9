import { afterEach, expect, it } from 'vitest';
import { fixedClock, offsetClock } from '../../../src/kernel/clock.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { type RunningWorld, startWorld } from '../../../src/rehearsal/world.ts';
import { followWorldClock, type WorldClock } from '../../../src/surfaces/rehearsal-chat/world-clock.ts';
import { type ChatOffice, openChatOffice } from '../../support/chat-office.ts';
import { eachDatabase } from '../../support/database.ts';

const MORNING = '2026-12-01T10:00:00Z';

eachDatabase('the rehearsal clock', (database) => {
  let world: RunningWorld;
  let following: WorldClock;
  let chat: ChatOffice | undefined;

  async function open(): Promise<void> {
    const clock = fixedClock(MORNING);
    world = await startWorld({ host: '127.0.0.1', port: 0, smtpPort: 0, executorSecret: 'test', size: 12, clock });
    following = await followWorldClock(world.url, silentLog);
  }
  afterEach(async () => {
    following.stop();
    await chat?.close();
    chat = undefined;
    await world.stop();
  });

  it('goes forwards with the world, and wakes what waits for the time', async () => {
    await open();
    const clock = offsetClock(fixedClock(MORNING), following.offset);
    let woken = 0;
    following.onMove(() => {
      woken += 1;
    });
    expect(await following.moveTo('2026-12-01T20:05:00Z')).toBe(true);
    expect(clock.now().toString()).toBe('2026-12-01T20:05:00Z');
    expect(woken).toBe(1);
    expect(await following.moveTo(MORNING)).toBe(false);
    expect(clock.now().toString()).toBe('2026-12-01T20:05:00Z');
  });

  it('hears of a move that somebody else made', async () => {
    await open();
    const moved = new Promise<void>((resolve) => following.onMove(resolve));
    await fetch(`${world.url}/_world/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: 3_600 }),
    });
    await moved;
    expect(following.offset()).toBe(3_600_000);
  });

  it('is moved from the chat page, forwards only, with a sentence where that cannot be', async () => {
    await open();
    chat = await openChatOffice(await database.open(), { world: { url: world.url, clock: following } });
    const { moves } = (await (await chat.get('/rehearsal/clock')).json()) as { moves: { label: string }[] };
    expect(moves.map(({ label }) => label)).toEqual([
      'Tuesday 10am',
      'Tonight 8:05pm',
      '1 hour on',
      'Next working day 9am',
    ]);
    expect((await chat.post('/rehearsal/clock', { to: '2026-12-02T09:00:00Z' })).status).toBe(200);
    expect(following.offset()).toBe(23 * 3_600_000);
    const back = await chat.post('/rehearsal/clock', { local: '2026-12-01T11:00' });
    expect(back.status).toBe(422);
    expect(await back.json()).toMatchObject({ problem: expect.stringContaining('The clock goes forwards only') });
  });

  it('imports a sample of the world, and nothing that the world does not list', async () => {
    await open();
    chat = await openChatOffice(await database.open(), { world: { url: world.url, clock: following } });
    const { samples } = (await (await chat.get('/rehearsal/samples')).json()) as { samples: { name: string }[] };
    const [first] = samples;
    if (!first) throw new Error('The world offers no samples.');
    await chat.post('/rehearsal/samples', { as: 'planner', name: first.name });
    expect([...chat.files.values()][0]?.name).toBe(first.name);
    const other = await chat.post('/rehearsal/samples', { as: 'planner', name: '../secret' });
    expect(await other.json()).toMatchObject({ outcome: { kind: 'refusal', code: 'no-sample' } });
    expect(chat.files.size).toBe(1);
  });
});
