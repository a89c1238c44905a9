import { afterEach, expect, it } from 'vitest';
import { createHttpExecutor } from '../../src/executors/http.ts';
import { fixedClock, systemClock } from '../../src/kernel/clock.ts';
import type { ExecutorItem } from '../../src/ports/executor.ts';
import { type Automation, type Fault, startAutomation } from './automation.ts';

const OLD = { organisation: 'RZ9', asid: '200000000220' };
const NEW = { organisation: 'RZ9', asid: '200000001337' };
const ITEMS: ExecutorItem[] = ['7000001', '7000002'].map((serviceId) => ({
  key: `m1:${serviceId}:forward:1`,
  serviceId,
  from: OLD,
  to: NEW,
}));

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(...faults: Fault[]) {
  const automation = await startAutomation(ITEMS.map(({ serviceId }) => ({ serviceId, ...OLD })));
  automation.faults.push(...faults);
  return { automation, executor: client(automation) };
}

function client(automation: Pick<Automation, 'url' | 'secret' | 'close'>) {
  const executor = createHttpExecutor({ url: automation.url, secret: automation.secret, clock: systemClock });
  opened.push(executor, automation);
  return executor;
}

it('15: a batch is applied, and read back as it now is', async () => {
  const { automation, executor } = await open();
  const outcome = await executor.apply(ITEMS, 5);
  expect(outcome).toEqual({ kind: 'answered', items: new Map(ITEMS.map((item) => [item.key, { kind: 'applied' }])) });
  expect(await executor.readBack('7000001', 5)).toEqual({
    kind: 'read',
    found: { serviceId: '7000001', ...NEW, lastKey: 'm1:7000001:forward:1' },
  });
  expect(automation.seen.unsigned).toBe(0);
});

it('15: the declared maximum is read', async () => {
  const { automation, executor } = await open();
  automation.limits = { maximumSeconds: 30, maximumBatch: 100 };
  expect(await executor.limits()).toEqual({ kind: 'limits', limits: { maximumSeconds: 30, maximumBatch: 100 } });
});

it('15: a declared maximum that is not a number is not believed', async () => {
  const { automation, executor } = await open();
  automation.limits = { maximumSeconds: Number.NaN, maximumBatch: 0 };
  expect((await executor.limits()).kind).toBe('unreadable');
});

it('15: the same batch again is not applied again', async () => {
  const { automation, executor } = await open();
  await executor.apply(ITEMS, 5);
  await executor.apply(ITEMS, 5);
  expect([...automation.services.values()].map((service) => service.applied)).toEqual([1, 1]);
});

it('15: one refused service carries the reason, the other is applied', async () => {
  const { automation, executor } = await open();
  automation.refused.set('7000002', 'locked by another user');
  const outcome = await executor.apply(ITEMS, 5);
  expect(outcome).toMatchObject({
    items: new Map<string, object>([
      ['m1:7000001:forward:1', { kind: 'applied' }],
      ['m1:7000002:forward:1', { kind: 'refused', reason: 'locked by another user' }],
    ]),
  });
});

it('28: a reason that looks like patient data is not kept', async () => {
  const { automation, executor } = await open();
  automation.refused.set('7000002', 'clash with patient 943 476 5919');
  const outcome = await executor.apply(ITEMS, 5);
  expect(JSON.stringify(outcome.kind === 'answered' && [...outcome.items])).toContain('looks like patient data');
  expect(JSON.stringify(outcome.kind === 'answered' && [...outcome.items])).not.toContain('943');
});

const UNKNOWN = [
  'never-answers',
  'applies-and-never-answers',
  'applies-and-answers-late',
  'applies-and-closes-mid-answer',
  'closes-at-once',
  'error-500',
  'applies-and-error-500',
  'garbage',
] as const satisfies Fault[];
it.each(UNKNOWN)('15: after "%s" the outcome is unknown, never guessed', async (fault) => {
  const { executor } = await open(fault);
  expect((await executor.apply(ITEMS, 0.15)).kind).toBe('unknown');
});

it('15: an answer that comes twice counts once', async () => {
  const { executor } = await open('answers-twice');
  const outcome = await executor.apply(ITEMS, 5);
  expect(outcome.kind === 'answered' && [...outcome.items.values()]).toEqual([
    { kind: 'applied' },
    { kind: 'applied' },
  ]);
});

it('15: a service that the answer leaves out is unknown', async () => {
  const { executor } = await open('half-the-results');
  const outcome = await executor.apply(ITEMS, 5);
  expect(outcome.kind === 'answered' && outcome.items.get('m1:7000002:forward:1')?.kind).toBe('unknown');
});

it('15: "429 Retry-After" is waited for, and nothing was changed', async () => {
  const { executor } = await open('busy');
  expect(await executor.apply(ITEMS, 5)).toMatchObject({ kind: 'retry-after', seconds: 1 });
});

it('15: an automation that does not listen was never asked, so it may be asked again', async () => {
  const { automation, executor } = await open();
  await automation.close();
  expect(await executor.apply(ITEMS, 5)).toMatchObject({ kind: 'retry-after' });
});

it('15: a whole batch that is refused was not applied', async () => {
  const { executor } = await open('refuses-all');
  expect(await executor.apply(ITEMS, 5)).toMatchObject({ kind: 'refused' });
});

it('15: a request with the wrong secret, or an old time, is refused and says what to check', async () => {
  const { automation } = await open();
  const wrong = client({ ...automation, secret: 'another' });
  expect(await wrong.apply(ITEMS, 5)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('signature') });
  const late = createHttpExecutor({ ...automation, clock: fixedClock('2026-01-01T00:00:00Z') });
  opened.push(late);
  expect((await late.apply(ITEMS, 5)).kind).toBe('refused');
  expect(automation.seen.unsigned).toBe(2);
});

it('15: a service that cannot be read says so', async () => {
  const { executor } = await open();
  expect(await executor.readBack('7999999', 5)).toMatchObject({ kind: 'unreadable' });
});
