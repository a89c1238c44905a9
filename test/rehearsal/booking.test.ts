import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/kernel/clock.ts';
import { NEW_ASID, OLD_ASID } from '../../src/rehearsal/sample-organisations.ts';
import { type RunningWorld, startWorld } from '../../src/rehearsal/world.ts';
import { ask, SECRET, type Visitor, visitor } from './visitor.ts';

const TUESDAY_10AM = '2026-12-08T10:00:00Z';
const ID = '7012001';

describe('Slots and bookings', () => {
  let world: RunningWorld;
  let definer: Visitor;
  let referrer: Visitor;
  beforeEach(async () => {
    const clock = fixedClock(TUESDAY_10AM);
    world = await startWorld({ host: '127.0.0.1', port: 0, smtpPort: 0, executorSecret: SECRET, size: 12, clock });
    definer = await visitor(world, 'service-definer');
    referrer = await visitor(world, 'referrer');
  });
  afterEach(() => world.stop());
  const change = () => definer.post(`/ers/services/${ID}/provider-system`, [['asid', NEW_ASID]]);
  const poll = () => definer.post(`/ers/services/${ID}/slot-poll`, []);
  const firstSlot = async () => {
    const { body } = await ask(world, `/_world/services/${ID}`);
    return (body.slots as { id: string }[])[0]?.id ?? 'none';
  };
  const book = (slot: string) =>
    referrer.post('/ers/book', [
      ['service', ID],
      ['slot', slot],
      ['patient', 'Test patient 2'],
    ]);

  it('a booking in e-RS appears in the PAS, and so does its cancellation', async () => {
    const slot = await firstSlot();
    expect((await book(slot)).text).toContain('B-1');
    expect((await definer.get(`/pas?system=${OLD_ASID}`)).text).toMatch(/B-1[\s\S]*Booked/);
    expect((await book(slot)).text).toContain('SLOT_NOT_AVAILABLE');
    await referrer.post('/ers/bookings/B-1/cancel', []);
    expect((await definer.get(`/pas?system=${OLD_ASID}`)).text).toMatch(/B-1[\s\S]*Cancelled/);
    expect(await firstSlot()).toBe(slot);
  });

  it('a slot removed in the PAS is no longer offered to a referrer', async () => {
    const slot = await firstSlot();
    const page = await definer.post('/pas/remove-slot', [
      ['system', OLD_ASID],
      ['service', ID],
      ['slot', slot],
    ]);
    expect(page.text).toContain('The slot was removed');
    expect((await referrer.get(`/ers/book?service=${ID}`)).text).not.toContain(slot);
    expect((await book(slot)).text).toContain('SLOT_NOT_AVAILABLE');
  });

  it('after an update there are no slots until the next night', async () => {
    await ask(world, '/_world/clock', { to: '2026-12-08T20:05:00Z' });
    await change();
    expect(await firstSlot()).toBe('none');
    expect((await referrer.get(`/ers/book?service=${ID}`)).text).toContain('No slots are available');
    expect((await book(`${ID}-20261209-0900`)).text).toContain('PAS_RESPONDED_WITH_ERROR');
    await ask(world, '/_world/clock', { to: '2026-12-09T02:00:01Z' });
    expect((await book(await firstSlot())).text).toContain('Booked');
  });

  it('a manual slot poll brings slots at once', async () => {
    await ask(world, '/_world/clock', { to: '2026-12-08T20:05:00Z' });
    await change();
    expect((await poll()).text).toContain('manual slot poll is done');
    expect((await book(await firstSlot())).text).toContain('Booked');
    expect((await definer.get(`/pas?system=${NEW_ASID}`)).text).toContain('B-1');
    expect((await ask(world, '/_world/counters')).body).toMatchObject({ events: { 'polls.manual': 1 } });
  });

  it('right after a change in working hours all booking attempts fail, even after a manual poll', async () => {
    await change();
    await poll();
    expect((await book(await firstSlot())).text).toContain('PAS_NOT_RESPONDING');
    await ask(world, '/_world/clock', { advance: 31 * 60 });
    expect((await book(await firstSlot())).text).toContain('Booked');
  });

  it('a PAS that is switched off neither takes bookings nor answers a poll', async () => {
    const slot = await firstSlot();
    await ask(world, '/_world/knobs', { ers: { pasOff: [OLD_ASID] } });
    expect((await book(slot)).text).toContain('PAS_NOT_RESPONDING');
    expect((await poll()).status).toBe(422);
  });

  it('25: booking, cancelling and Remove Slot can each fail in the PAS, and a tester sees it', async () => {
    const slot = await firstSlot();
    const faults = (...acts: string[]) =>
      ask(world, '/_world/knobs', { ers: { pasFaults: acts.map((act) => ({ asid: OLD_ASID, act })) } });
    await faults('book');
    expect((await book(slot)).text).toContain('PAS_RESPONDED_WITH_ERROR');
    expect((await definer.get(`/pas?system=${OLD_ASID}`)).text).not.toContain('B-1');
    await faults('cancel');
    expect((await book(slot)).text).toContain('B-1');
    expect((await referrer.post('/ers/bookings/B-1/cancel', [])).text).toContain('PAS_RESPONDED_WITH_ERROR');
    expect((await definer.get(`/pas?system=${OLD_ASID}`)).text).not.toContain('Cancelled');
    // Removed in the PAS, which does not tell e-RS: a referrer is offered it all the same, and cannot book it.
    await faults('remove-slot');
    const second = await firstSlot();
    const remove = (id: string) =>
      definer.post('/pas/remove-slot', [
        ['system', OLD_ASID],
        ['service', ID],
        ['slot', id],
      ]);
    expect((await remove(second)).text).toContain('The slot was removed');
    expect((await definer.get(`/pas?system=${OLD_ASID}&service=${ID}`)).text).not.toContain(`value="${second}"`);
    expect(await firstSlot()).toBe(second);
    expect((await referrer.get(`/ers/book?service=${ID}`)).text).toContain(second);
    expect((await book(second)).text).toContain('SLOT_NOT_AVAILABLE');
    await faults();
    expect((await referrer.post('/ers/bookings/B-1/cancel', [])).text).toContain('Cancelled');
    expect((await book(slot)).text).toContain('B-2');
  });

  it('only a service definer changes and polls a service', async () => {
    expect((await referrer.post(`/ers/services/${ID}/provider-system`, [['asid', NEW_ASID]])).status).toBe(403);
    expect((await referrer.post(`/ers/services/${ID}/slot-poll`, [])).status).toBe(403);
  });
});
