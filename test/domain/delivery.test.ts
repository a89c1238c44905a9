import { describe, expect, it } from 'vitest';
import { RETRY_AFTER_SECONDS, settled } from '../../src/domain/delivery.ts';

describe('a delivery after an attempt', () => {
  it('23: temporary failures wait longer each time, and after the last a person decides', () => {
    const waits = RETRY_AFTER_SECONDS.map((_, at) => settled({ kind: 'later', code: 451, reply: 'busy' }, at + 1));
    expect(waits.every((one) => one.status === 'queued')).toBe(true);
    const seconds = waits.map((one) => one.retryAfterSeconds ?? 0);
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
    const last = settled({ kind: 'later', code: 451, reply: 'busy' }, RETRY_AFTER_SECONDS.length + 1);
    expect(last).toMatchObject({ status: 'failed', retryAfterSeconds: null });
    expect(last.reply).toContain('Gave up after 9 tries');
  });

  it('23: an unknown outcome is never queued again by the machine, at whatever attempt', () => {
    for (let attempt = 1; attempt < 12; attempt++) {
      expect(settled({ kind: 'unknown', reply: 'cut' }, attempt).status).toBe('unknown');
      expect(settled({ kind: 'refused', code: 550, reply: 'no' }, attempt).status).toBe('failed');
      expect(settled({ kind: 'accepted', reply: '250 ok' }, attempt).status).toBe('sent');
    }
  });

  it('23: a reply is kept as one short line', () => {
    const { reply } = settled({ kind: 'refused', code: 550, reply: `550 no\r\n such ${'x'.repeat(500)}` }, 1);
    expect(reply.startsWith('550 no such x')).toBe(true);
    expect(reply.length).toBeLessThanOrEqual(300);
  });
});
