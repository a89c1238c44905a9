import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailPace } from '../../src/work/advance-sending-pace.ts';

describe('the rate of mails', () => {
  it('23: over any stretch of time no more go out than the rate allows, whenever they are asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 20 })), { maxLength: 60 }),
        (perMinute, asks) => {
          let now = 0;
          const pace = mailPace(() => now);
          const sent: number[] = [];
          for (const [wait, wanted] of asks) {
            now += wait;
            for (let left = pace.take(wanted, perMinute); left > 0; left--) sent.push(now);
          }
          for (const [first, from] of sent.entries()) {
            for (const [last, to] of sent.entries()) {
              if (last < first) continue;
              const allowed = ((to - from + 1000) / 60_000) * perMinute + 1;
              expect(last - first + 1).toBeLessThanOrEqual(Math.floor(allowed + 1e-6) + 1);
            }
          }
        },
      ),
    );
  });

  it('23: without a rate all may go, and nothing waits', () => {
    const pace = mailPace(() => 0);
    expect(pace.take(20, null)).toBe(20);
    expect(pace.wait()).toBe(0);
  });

  it('23: a steady wake-up at 25 a minute sends 25 a minute, though each comes late', () => {
    let now = 0;
    const pace = mailPace(() => now);
    let sent = 0;
    for (; now < 60_000; now += pace.wait() + 7) sent += pace.take(20, 25);
    expect(sent).toBe(25);
  });
});
