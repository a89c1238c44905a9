import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEW_ASID, OLD_ASID } from '../../src/rehearsal/sample-organisations.ts';
import { sampleServices } from '../../src/rehearsal/sample-services.ts';
import type { RunningWorld } from '../../src/rehearsal/world.ts';
import { ask, openWorld, type Visitor, visitor } from './visitor.ts';

const services = sampleServices(12);
const complete = services.filter((one) => one.directlyBookable && one.hoursOfOperation !== null);
const gap = services.find((one) => one.hoursOfOperation === null);
const notBookable = services.find((one) => !one.directlyBookable);

describe('Bulk Service Updates', () => {
  let world: RunningWorld;
  let definer: Visitor;
  beforeEach(async () => {
    world = await openWorld();
    definer = await visitor(world, 'service-definer');
  });
  afterEach(() => world.stop());

  const ticks = (ids: readonly string[]) => ids.map((id): [string, string] => ['service', id]);
  const update: [string, string][] = [
    ['enable', 'yes'],
    ['asid', NEW_ASID],
    ['action', 'update'],
  ];
  const asidOf = async (id: string) => (await ask(world, `/_world/services/${id}`)).body.asid;

  it('asks a stranger to log in, and keeps a referrer out', async () => {
    expect((await (await visitor(world)).get('/ers/bulk')).url).toBe('/ers/log-in');
    expect((await (await visitor(world, 'referrer')).get('/ers/bulk')).status).toBe(403);
  });

  it('filters by directly bookable, and a tick that the filter hides is gone', async () => {
    const page = await definer.post('/ers/bulk', [
      ['bookable', 'yes'],
      ['action', 'search'],
      ...ticks([complete[0]?.serviceId ?? '', notBookable?.serviceId ?? '']),
    ]);
    expect(page.text).toContain('12 of 12 services shown');
    expect(page.text).toContain('<strong id="selected">1</strong>');
    expect(page.text).not.toContain(`value="${notBookable?.serviceId}"`);
  });

  it('ticks everything under a site or an organisation, and unticks it again, without JavaScript', async () => {
    const site = await definer.post('/ers/bulk', [
      ['bookable', 'yes'],
      ['group', 'site:XR1:XR102'],
    ]);
    expect(site.text).toContain('<strong id="selected">3</strong>');
    const all = await definer.post('/ers/bulk', [
      ['bookable', 'yes'],
      ['group', 'organisation:XR1'],
    ]);
    expect(all.text).toContain('<strong id="selected">12</strong>');
    const off = await definer.post('/ers/bulk', [
      ['bookable', 'yes'],
      ['group-was', 'site:XR1:XR102'],
      ...ticks(services.filter((one) => one.site === 'XR102').map((one) => one.serviceId)),
    ]);
    expect(off.text).toContain('<strong id="selected">0</strong>');
  });

  it('a service that was unticked under a ticked site stays unticked', async () => {
    const [first, ...rest] = complete.filter((one) => one.site === 'XR102').map((one) => one.serviceId);
    await definer.post('/ers/bulk', [
      ['group', 'site:XR1:XR102'],
      ['group-was', 'site:XR1:XR102'],
      ...ticks(rest),
      ...update,
    ]);
    expect(await asidOf(first ?? '')).toBe(OLD_ASID);
    expect(await asidOf(rest[0] ?? '')).toBe(NEW_ASID);
  });

  it('searching hides lines and loses no tick', async () => {
    const page = await definer.post('/ers/bulk', [
      ['bookable', 'yes'],
      ['search', 'cardiology'],
      ['action', 'search'],
      ...ticks(complete.map((one) => one.serviceId)),
    ]);
    expect(page.text).toContain('1 of 12 services shown');
    expect(page.text).toContain(`<strong id="selected">${complete.length}</strong>`);
  });

  it('Update is refused until Enable is ticked, something is ticked and a system is chosen', async () => {
    const page = await definer.post('/ers/bulk', [['action', 'update']]);
    expect(page.status).toBe(422);
    expect(page.text).toContain('Tick at least one service');
    expect(page.text).toContain('Tick Enable');
    expect(page.text).toContain('Choose a provider system');
  });

  it('Update changes exactly what is ticked, at once, and is counted', async () => {
    const ids = complete.map((one) => one.serviceId);
    const page = await definer.post('/ers/bulk', [...ticks(ids), ...update]);
    expect(page.text).toContain(`${ids.length} services updated`);
    for (const one of services)
      expect(await asidOf(one.serviceId)).toBe(ids.includes(one.serviceId) ? NEW_ASID : OLD_ASID);
    const { body } = await ask(world, '/_world/counters');
    expect(body).toMatchObject({ appliedTotal: ids.length, appliedTwice: 0, events: { 'screen.updates': 1 } });
  });

  it('missing patient contact details fail the whole update and are named, until they are filled in', async () => {
    const ids = [...complete, ...(gap ? [gap] : [])].map((one) => one.serviceId);
    const page = await definer.post('/ers/bulk', [...ticks(ids), ...update]);
    expect(page.status).toBe(422);
    expect(page.text).toContain('nothing was changed');
    expect(page.text).toContain(`${gap?.serviceId} ${gap?.name}: patient contact details are missing`);
    expect(await asidOf(ids[0] ?? '')).toBe(OLD_ASID);
    await definer.post('/ers/contact-details', [['action', 'fill-all']]);
    expect((await definer.post('/ers/bulk', [...ticks(ids), ...update])).text).toContain('12 services updated');
  });

  it('a service that is not directly bookable fails the whole update', async () => {
    const ids = [complete[0]?.serviceId ?? '', notBookable?.serviceId ?? ''];
    const page = await definer.post('/ers/bulk', [['bookable', 'all'], ...ticks(ids), ...update]);
    expect(page.text).toContain('not directly bookable');
    expect(await asidOf(ids[0] ?? '')).toBe(OLD_ASID);
  });

  it('Modify Organisation moves services to another organisation and its system', async () => {
    const id = complete[0]?.serviceId ?? '';
    const screen = await definer.post('/ers/bulk', [
      ['enable', 'yes'],
      ['modify-organisation', 'no'],
      ['action', 'modify-organisation'],
      ...ticks([id]),
    ]);
    expect(screen.text).toContain('id="organisation"');
    const wrong = await definer.post('/ers/bulk', [
      ['modify-organisation', 'yes'],
      ['organisation', 'XR2'],
      ...ticks([id]),
      ...update,
    ]);
    expect(wrong.text).toContain('belongs to XR1, not to XR2');
    await definer.post('/ers/bulk', [
      ['enable', 'yes'],
      ['modify-organisation', 'yes'],
      ['organisation', 'XR2'],
      ['asid', '200000002218'],
      ['action', 'update'],
      ...ticks([id]),
    ]);
    expect((await ask(world, `/_world/services/${id}`)).body).toMatchObject({
      organisation: 'XR2',
      asid: '200000002218',
    });
  });

  it('Clear leaves without changing anything', async () => {
    const ids = complete.map((one) => one.serviceId);
    const page = await definer.post('/ers/bulk', [
      ...ticks(ids),
      ['enable', 'yes'],
      ['asid', NEW_ASID],
      ['action', 'clear'],
    ]);
    expect(page.text).toContain('Nothing was changed');
    expect((await ask(world, '/_world/counters')).body.appliedTotal).toBe(0);
  });

  it('services locked by another user are left out, named, and can be changed by hand later', async () => {
    const ids = complete.map((one) => one.serviceId);
    const locked = ids[2] ?? '';
    await ask(world, '/_world/knobs', {
      ers: { refuse: [{ serviceId: locked, reason: 'locked by another user', times: 1 }] },
    });
    const page = await definer.post('/ers/bulk', [...ticks(ids), ...update]);
    expect(page.text).toContain('1 not updated');
    expect(page.text).toContain('locked by another user');
    expect(await asidOf(locked)).toBe(OLD_ASID);
    await definer.post(`/ers/services/${locked}/provider-system`, [['asid', NEW_ASID]]);
    expect(await asidOf(locked)).toBe(NEW_ASID);
  });

  it('an outage closes every screen', async () => {
    await ask(world, '/_world/knobs', { ers: { outage: true } });
    expect((await definer.get('/ers/bulk')).status).toBe(503);
  });

  it('pages run no foreign script and load nothing from elsewhere', async () => {
    const answer = await fetch(new URL('/ers/log-in', world.url));
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await (await fetch(new URL('/assets/nhsuk.css', world.url))).text()).not.toContain('https://');
  });
});

it('Bulk Service Updates draws 1,500 services', async () => {
  const world = await openWorld(1500);
  const page = await (await visitor(world, 'service-definer')).get('/ers/bulk');
  expect(page.text).toContain('1,590 of 1,590 services shown');
  await world.stop();
});
