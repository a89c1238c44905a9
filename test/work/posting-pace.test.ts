import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PostingPace, postingPace, type Turn } from '../../src/work/posting-pace.ts';

/** A pace by a clock of its own: who sleeps moves it on. */
function paced(): { pace: PostingPace; now: () => number; pass: (milliseconds: number) => void } {
  let time = 1_000_000;
  const pass = (milliseconds: number): void => {
    time += milliseconds;
  };
  return {
    pace: postingPace(
      () => time,
      async (milliseconds) => pass(milliseconds),
    ),
    now: () => time,
    pass,
  };
}

const inTeams = (channelId = 'one', tenant = 'tenant', edit = false): Turn => ({
  platform: 'teams',
  tenant,
  channelId,
  edit,
});
const inSlack = (channelId: string, edit = false): Turn => ({ platform: 'slack', tenant: 'T1', channelId, edit });

/** The instants at which messages went, if one follows the other as soon as it may. */
async function rush(turn: (nth: number) => Turn, messages: number): Promise<number[]> {
  const { pace, now, pass } = paced();
  const went: number[] = [];
  for (let nth = 0; nth < messages; nth += 1) {
    for (let wait = await pace.turn(turn(nth)); wait > 0; wait = await pace.turn(turn(nth))) pass(wait * 1_000);
    went.push(now());
  }
  return went;
}

function mostWithin(instants: readonly number[], milliseconds: number): number {
  return Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + milliseconds).length));
}

describe('the pace of messages', () => {
  it('in a Teams conversation: 7 in a second, 8 in two, 60 in thirty, 1,800 in an hour, and no fewer', async () => {
    const went = await rush(() => inTeams(), 1_900);
    expect(mostWithin(went, 1_000)).toBe(7);
    expect(mostWithin(went, 2_000)).toBe(8);
    expect(mostWithin(went, 30_000)).toBe(60);
    expect(mostWithin(went, 3_600_000)).toBe(1_800);
  });

  it('in a Teams tenant: 50 a second, whatever the conversations', async () => {
    const went = await rush((nth) => inTeams(`room ${nth % 40}`), 160);
    expect(mostWithin(went, 1_000)).toBe(50);
    const elsewhere = await rush((nth) => inTeams(`room ${nth % 40}`, `tenant ${nth % 2}`), 100);
    expect(mostWithin(elsewhere, 1_000)).toBe(100);
  });

  it('in Slack: one a second in a channel, and fifty edits a minute in a workspace', async () => {
    expect(mostWithin(await rush(() => inSlack('C1'), 5), 1_000)).toBe(1);
    const edits = await rush((nth) => inSlack(`C${nth}`, true), 120);
    expect(mostWithin(edits, 60_000)).toBe(50);
    expect(mostWithin(await rush((nth) => inSlack(`C${nth}`), 120), 60_000)).toBe(120);
  });

  it('never exceeds a limit, however the messages come', async () => {
    const steps = fc.array(fc.record({ pause: fc.integer({ min: 0, max: 3_000 }), room: fc.nat(2) }), {
      maxLength: 150,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { pace, now, pass } = paced();
        const went = new Map<number, number[]>();
        for (const { pause, room } of all) {
          pass(pause);
          if ((await pace.turn(inTeams(`room ${room}`))) > 0) continue;
          went.set(room, [...(went.get(room) ?? []), now()]);
        }
        for (const instants of went.values()) {
          expect(mostWithin(instants, 1_000)).toBeLessThanOrEqual(7);
          expect(mostWithin(instants, 2_000)).toBeLessThanOrEqual(8);
          expect(mostWithin(instants, 30_000)).toBeLessThanOrEqual(60);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('holds nobody for longer than two seconds: who has to wait more hears for how long', async () => {
    const { pace, now } = paced();
    const start = now();
    for (let nth = 0; nth < 60; nth += 1) expect(await pace.turn(inTeams())).toBe(0);
    const wait = await pace.turn(inTeams());
    expect(wait).toBeGreaterThan(2);
    expect(start + 30_000 - now()).toBeLessThanOrEqual(wait * 1_000);
  });

  it('waits where the platform asked for it, and only there', async () => {
    const { pace, pass } = paced();
    pace.hold(inTeams(), 30);
    expect(await pace.turn(inTeams())).toBe(30);
    expect(await pace.turn(inTeams('another'))).toBe(0);
    pass(29_000);
    expect(await pace.turn(inTeams())).toBe(0);
  });
});
