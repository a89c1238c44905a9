import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/kernel/clock.ts';
import { type RunningWorld, startWorld } from '../../src/rehearsal/world.ts';
import { ask, SECRET } from './visitor.ts';

describe("The world's own doors", () => {
  let world: RunningWorld;
  beforeEach(async () => {
    const clock = fixedClock('2026-12-08T10:00:00Z');
    world = await startWorld({ host: '127.0.0.1', port: 0, smtpPort: 0, executorSecret: SECRET, size: 12, clock });
  });
  afterEach(() => world.stop());

  it('the clock goes forwards only', async () => {
    expect((await ask(world, '/_world/clock')).body).toEqual({ offset: 0, now: '2026-12-08T10:00:00Z' });
    const moved = await ask(world, '/_world/clock', { to: '2026-12-08T20:05:00Z' });
    expect(moved.body).toEqual({ offset: 36_300_000, now: '2026-12-08T20:05:00Z' });
    expect((await ask(world, '/_world/clock', { to: '2026-12-08T19:00:00Z' })).status).toBe(409);
    expect((await ask(world, '/_world/clock', { advance: -1 })).status).toBe(409);
    expect((await ask(world, '/_world/clock', { to: 'tomorrow' })).status).toBe(400);
    expect((await ask(world, '/_world/clock')).body.now).toBe('2026-12-08T20:05:00Z');
  });

  it('a long poll answers when the clock is moved', async () => {
    const waiting = ask(world, '/_world/clock?after=0');
    await ask(world, '/_world/clock', { advance: 60 });
    expect((await waiting).body).toEqual({ offset: 60_000, now: '2026-12-08T10:01:00Z' });
    expect((await ask(world, '/_world/clock?after=0')).body.offset).toBe(60_000);
  });

  it('a knob that does not exist is refused by name', async () => {
    expect((await ask(world, '/_world/knobs', { automation: { lostAnswer: 1 } })).body.error).toContain('lostAnswers');
    expect((await ask(world, '/_world/knobs', { kitchen: {} })).status).toBe(400);
    expect((await ask(world, '/_world/knobs', { mail: { delayMs: 'long' } })).status).toBe(400);
    expect((await ask(world, '/_world/knobs', { ers: { outage: true } })).body).toMatchObject({
      ers: { outage: true },
    });
  });

  it('fresh services can be seeded, and a reset brings the sample back', async () => {
    const service = { serviceId: '1', name: 'One', organisation: 'XR1', site: 'XR101', asid: '200000000220' };
    expect((await ask(world, '/_world/seed', { services: [service] })).body).toEqual({ services: 1 });
    expect((await ask(world, '/_world/services/1')).body).toMatchObject({ directlyBookable: true, contactPhone: null });
    expect((await ask(world, '/_world/seed', { services: [{ name: 'no id' }] })).status).toBe(400);
    await ask(world, '/_world/reset', {});
    expect((await ask(world, '/_world/services/1')).status).toBe(404);
  });

  it('a page of another site changes nothing', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    expect((await fetch(`${world.url}/_world/reset`, { method: 'POST', headers })).status).toBe(403);
    const own = { origin: world.url };
    expect((await fetch(`${world.url}/_world/reset`, { method: 'POST', headers: own })).status).toBe(200);
  });

  it('offers the sample files that a rehearsal imports', async () => {
    const extract = await (await fetch(`${world.url}/samples/ebsx05-12.csv`)).text();
    expect(extract.split('\n')).toHaveLength(15);
    const practices = await (await fetch(`${world.url}/samples/practices.csv`)).text();
    expect(practices.trimEnd().split('\n')).toHaveLength(6873);
    expect(practices).toContain('A81001,THE DENSHAM SURGERY,referrer,A81001@referrer.example');
    expect((await fetch(`${world.url}/samples/other.csv`)).status).toBe(404);
  });
});
