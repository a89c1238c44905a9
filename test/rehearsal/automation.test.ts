import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpExecutor } from '../../src/executors/http.ts';
import { fixedClock, systemClock } from '../../src/kernel/clock.ts';
import { NEW_ASID, OLD_ASID } from '../../src/rehearsal/sample-organisations.ts';
import { sampleServices } from '../../src/rehearsal/sample-services.ts';
import type { RunningWorld } from '../../src/rehearsal/world.ts';
import { ask, openWorld, SECRET } from './visitor.ts';

const services = sampleServices(12);
const complete = services.filter((one) => one.directlyBookable && one.hoursOfOperation !== null);
const item = (serviceId: string, direction = 'forward', generation = 1) => {
  const [from, to] = direction === 'forward' ? [OLD_ASID, NEW_ASID] : [NEW_ASID, OLD_ASID];
  return {
    key: `m1:${serviceId}:${direction}:${generation}`,
    serviceId,
    from: { organisation: 'XR1', asid: from },
    to: { organisation: 'XR1', asid: to },
  };
};

describe('The HTTP automation', () => {
  let world: RunningWorld;
  let executor: ReturnType<typeof createHttpExecutor>;
  beforeEach(async () => {
    world = await openWorld();
    executor = createHttpExecutor({ url: `${world.url}/automation`, secret: SECRET, clock: systemClock });
  });
  afterEach(async () => {
    executor.close();
    await world.stop();
  });
  const [first, second] = complete.map((one) => one.serviceId) as [string, string];
  const counters = async () => (await ask(world, '/_world/counters')).body;
  const apply = (...ids: string[]) =>
    executor.apply(
      ids.map((id) => item(id)),
      10,
    );

  it('tells its limits, applies a batch and reads a service back', async () => {
    expect(await executor.limits()).toEqual({ kind: 'limits', limits: { maximumSeconds: 3, maximumBatch: 100 } });
    const outcome = await apply(first, second);
    expect(outcome).toMatchObject({ kind: 'answered' });
    expect(await executor.readBack(first, 10)).toEqual({
      kind: 'read',
      found: { serviceId: first, organisation: 'XR1', asid: NEW_ASID, lastKey: `m1:${first}:forward:1` },
    });
    expect(await counters()).toMatchObject({ applied: { [first]: { forward: 1 } }, appliedTotal: 2, appliedTwice: 0 });
  });

  it('the same key again is answered alike and not applied again', async () => {
    await apply(first);
    expect(await apply(first)).toMatchObject({ kind: 'answered' });
    expect(await counters()).toMatchObject({
      appliedTotal: 1,
      appliedTwice: 0,
      events: { 'automation.repeatedKeys': 1 },
    });
  });

  it('a known key with another content is refused and changes nothing', async () => {
    await apply(first);
    const other = { ...item(first), to: { organisation: 'XR1', asid: OLD_ASID } };
    expect(await executor.apply([other, item(second)], 10)).toMatchObject({ kind: 'refused' });
    expect((await counters()).appliedTotal).toBe(1);
  });

  it('an undo is a key of its own', async () => {
    await apply(first);
    await executor.apply([item(first, 'undo')], 10);
    expect(await executor.readBack(first, 10)).toMatchObject({ found: { asid: OLD_ASID } });
    expect(await counters()).toMatchObject({ applied: { [first]: { forward: 1, undo: 1 } }, appliedTwice: 0 });
  });

  it('refuses by service and says why: changed meanwhile, contact details, not bookable, locked', async () => {
    const gap = services.find((one) => one.hoursOfOperation === null)?.serviceId ?? '';
    const notBookable = services.find((one) => !one.directlyBookable)?.serviceId ?? '';
    await ask(world, '/_world/knobs', {
      ers: { refuse: [{ serviceId: second, reason: 'locked by another user', times: 1 }] },
    });
    const wrongFrom = { ...item(first), from: { organisation: 'XR1', asid: '200000000311' } };
    const outcome = await executor.apply([wrongFrom, item(second), item(gap), item(notBookable)], 10);
    const reasons = outcome.kind === 'answered' ? [...outcome.items.values()] : [];
    expect(reasons.map((one) => (one.kind === 'refused' ? one.reason : one.kind))).toEqual([
      expect.stringContaining('linked to 200000000220'),
      'locked by another user',
      expect.stringContaining('contact details are missing'),
      'not directly bookable',
    ]);
    expect(await apply(second)).toMatchObject({ kind: 'answered' });
    expect((await counters()).appliedTotal).toBe(1);
  });

  it('a lost answer has been applied, and the key settles it', async () => {
    await ask(world, '/_world/knobs', { automation: { next: ['lost', '503', '429', 'ok'] } });
    expect(await apply(first)).toMatchObject({ kind: 'unknown' });
    expect(await executor.readBack(first, 10)).toMatchObject({ found: { asid: NEW_ASID } });
    expect(await apply(second)).toMatchObject({ kind: 'unknown' });
    expect(await executor.readBack(second, 10)).toMatchObject({ found: { asid: OLD_ASID } });
    expect(await apply(second)).toMatchObject({ kind: 'retry-after', seconds: 1 });
    expect(await apply(first, second)).toMatchObject({ kind: 'answered' });
    expect(await counters()).toMatchObject({ appliedTotal: 2, appliedTwice: 0 });
  });

  it('questions are answered even where every changing answer is lost', async () => {
    await ask(world, '/_world/knobs', { automation: { lostAnswers: 1, maximumSeconds: 2 } });
    expect(await executor.limits()).toMatchObject({ limits: { maximumSeconds: 2 } });
    expect(await apply(first)).toMatchObject({ kind: 'unknown' });
    expect(await executor.readBack(first, 10)).toMatchObject({ found: { asid: NEW_ASID } });
  });

  it('errors by rate come in the same order for the same seed', async () => {
    const statuses = async () => {
      await ask(world, '/_world/knobs', { automation: { seed: 7, errors: [{ status: 500, rate: 0.4 }] } });
      const kinds: string[] = [];
      for (let i = 0; i < 12; i++) kinds.push((await apply(first)).kind);
      return kinds;
    };
    const once = await statuses();
    expect(new Set(once)).toEqual(new Set(['answered', 'unknown']));
    expect(await statuses()).toEqual(once);
  });

  it('refuses what is not signed, signed wrongly, or more than five minutes old', async () => {
    const wrong = createHttpExecutor({ url: `${world.url}/automation`, secret: 'another', clock: systemClock });
    expect(await wrong.apply([item(first)], 10)).toMatchObject({ kind: 'refused' });
    wrong.close();
    const old = systemClock.now().subtract({ minutes: 6 }).toString();
    const late = createHttpExecutor({ url: `${world.url}/automation`, secret: SECRET, clock: fixedClock(old) });
    expect(await late.apply([item(first)], 10)).toMatchObject({ kind: 'refused' });
    late.close();
    expect((await fetch(`${world.url}/automation/batches`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect(await counters()).toMatchObject({ appliedTotal: 0, events: { 'automation.unsigned': 3 } });
  });

  it('an outage of e-RS stops the automation too', async () => {
    await ask(world, '/_world/knobs', { ers: { outage: true } });
    expect(await apply(first)).toMatchObject({ kind: 'unknown' });
    expect((await counters()).appliedTotal).toBe(0);
  });
});
