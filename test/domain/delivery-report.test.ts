import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DELIVERY_STATUSES } from '../../src/domain/delivery.ts';
import { afterReport, deliveryNamed, mailName, reportVerdict } from '../../src/domain/delivery-report.ts';

const EMAIL = 'Reception@practice.example';
const said = (address: string, action: string, reply = '5.1.1, no') => ({ addresses: [address], action, reply });
const about = (...recipients: ReturnType<typeof said>[]) => ({ id: null, mail: 'm', recipients });

describe('what a delivery report means', () => {
  it('23: the name of a mail can be read back, and cannot be made up without the notice’s key', () => {
    const name = mailName(7, 42, 'key');
    expect(deliveryNamed(name)).toEqual({ noticeId: 7, deliveryId: 42 });
    expect(deliveryNamed(`${name}0`)).toBeNull();
    expect(deliveryNamed('notice-7.42.xyz')).toBeNull();
    expect(mailName(7, 43, 'key').slice(-16)).not.toBe(name.slice(-16));
    expect(mailName(7, 42, 'another').slice(-16)).not.toBe(name.slice(-16));
  });

  it('23: our own address decides; where it is not named the worst does', () => {
    const mine = reportVerdict(
      about(said('other@x.example', 'failed'), said('reception@practice.example', 'delivered')),
      EMAIL,
    );
    expect(mine.status).toBe('delivered');
    const list = reportVerdict(about(said('a@x.example', 'delivered'), said('b@x.example', 'failed')), EMAIL);
    expect(list).toEqual({ status: 'bounced', reply: '5.1.1, no' });
    for (const action of ['relayed', 'expanded', 'unheard-of']) {
      expect(reportVerdict(about(said('a@x.example', action)), EMAIL).status).toBe('nothing');
    }
    expect(reportVerdict(about(said('a@x.example', 'delayed')), EMAIL).status).toBe('delayed');
  });

  it('28: a reply that looks like patient data is not kept', () => {
    const verdict = reportVerdict(about(said('a@x.example', 'failed', '550 NHS number 943 476 5919')), EMAIL);
    expect(verdict.reply).not.toContain('943');
  });

  it('23: a report never queues a mail, and changes none that waits or has failed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DELIVERY_STATUSES),
        fc.constantFrom('bounced', 'delivered', 'delayed', 'nothing'),
        (status, verdict) => {
          const next = afterReport(status, { status: verdict, reply: '' } as Parameters<typeof afterReport>[1]);
          if (['queued', 'failed', 'bounced'].includes(status)) expect(next).toBeNull();
          if (next !== null) expect(next).toBe(verdict);
        },
      ),
    );
    expect(afterReport('delivered', { status: 'bounced', reply: '' })).toBe('bounced');
    expect(afterReport('unknown', { status: 'delivered', reply: '' })).toBe('delivered');
  });
});
