import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { RunFacts } from '../../src/domain/run-answers.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { service } from '../domain/plan-service.ts';
import { eachDatabase } from '../support/database.ts';
import { openImportOffice } from '../support/import-office.ts';
import type { Desk, Office } from '../support/office.ts';
import { estate, prepared } from '../support/plan-office.ts';
import { approved, go, openApprovedOffice, openReadyOffice } from '../support/run-office.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

interface Seen {
  readonly facts: RunFacts;
  readonly text: string;
}

async function ask(office: Office, desk: Desk, text: string): Promise<Seen> {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  const words = toPlainText(cardOf(outcome.answer));
  expect(words).not.toMatch(/undefined|\[object|NaN/);
  return { facts: outcome.answer.facts as unknown as RunFacts, text: words };
}

async function steps(office: Office, ...typed: readonly [Desk, string][]): Promise<Seen> {
  let seen: Seen | undefined;
  for (const [desk, text] of typed) seen = await ask(office, desk, text);
  if (!seen) throw new Error('No step was typed.');
  return seen;
}

const TO_COUNT: [Desk, string][] = [
  ['service-definer', 'run'],
  ['service-definer', 'step done'],
  ['service-definer', 'step done'],
  ['service-definer', 'step done'],
];
const TO_UPDATE: [Desk, string][] = [
  ...TO_COUNT,
  ['service-definer', 'step count site=XR101 counted=5'],
  ['service-definer', 'step count site=XR102 counted=3'],
  ['deputy', 'step confirm'],
  ['service-definer', 'step done'],
  ['service-definer', 'step done'],
];

eachDatabase('the guided run by chat', (database) => {
  it('15: eight steps, a blind count, a second person, Update, and a look at a sample end in a finished run', async () => {
    const office = await openReadyOffice(database);
    const update = await steps(office, ...TO_UPDATE);
    expect(update.text).toContain('Step 7 of 8');
    expect(update.facts.counts).toMatchObject({ applying: 8 });
    const pressed = await ask(office, 'service-definer', 'step pressed');
    expect(pressed.facts.counts).toMatchObject({ applied: 8 });
    const sample = pressed.facts.guided?.readBack.map((one) => one.serviceId) ?? [];
    expect(sample.length).toBe(2);
    const end = await steps(
      office,
      ...sample.map((id): [Desk, string] => ['service-definer', `step new service=${id}`]),
    );
    expect(end.facts).toMatchObject({ state: 'verifying', counts: { confirmed: 8 } });
    expect((await office.store.plans.current(office.migrationId)).state).toBe('verifying');
  });

  it('6: a site whose list was compared with the screen is one tick in the run, however large; without it, single services', async () => {
    const at = (site: string, from: number, count: number) =>
      Array.from({ length: count }, (_, n) =>
        service(String(7_100_000 + from + n), { providerOrg: 'XR1', locationOrg: site }),
      );
    const office = await openApprovedOffice(database, [...at('XR101', 0, 131), ...at('XR102', 500, 4)]);
    await office.as('service-definer').done('screen XR101 131');
    await go(office);
    const seen = await steps(office, ...TO_COUNT.slice(0, 3));
    const sites = () => seen.facts.guided?.sites.map(({ site, whole, services }) => [site, whole, services.length]);
    expect(seen.facts.guided).toMatchObject({ step: 'tick', group: 1, groups: 2 });
    expect(sites()).toEqual([['XR101', true, 131]]);
    expect(seen.text).toContain('XR101 (XR101): one tick for the whole site');
    expect(seen.text).not.toContain('131');
    office.clock.set('2026-12-09T20:30:01Z');
    const later = await office.store.runViews.shown(seen.facts.runId, office.clock.now());
    expect(later.guided?.sites.map(({ whole }) => whole)).toEqual([false]);
  });

  it('15: the expected number is not on the card before it was counted, and a form asks for it', async () => {
    const office = await openReadyOffice(database);
    const seen = await steps(office, ...TO_COUNT);
    expect(seen.text).not.toMatch(/XR101 5|5 of 5|expected/);
    const form = await office.as('service-definer').click('step', { what: 'count', site: 'XR101' });
    expect(form).toMatchObject({ kind: 'form', form: { fields: [{ name: 'counted', kind: 'number' }] } });
  });

  it('15: a wrong count says stop with the probable cause, and nothing is marked', async () => {
    const office = await openReadyOffice(database);
    const seen = await steps(
      office,
      ...TO_COUNT,
      ['service-definer', 'step count site=XR101 counted=6'],
      ['service-definer', 'step count site=XR102 counted=3'],
    );
    expect(seen.text).toContain('do not press Update');
    expect(seen.text).toContain('1 service too many');
    expect(seen.facts).toMatchObject({ guided: { step: 'tick' }, counts: { pending: 8 } });
  });

  it('15: who counted, and an observer, cannot be the second person; another service definer cannot do the steps', async () => {
    const office = await openReadyOffice(database);
    await steps(office, ...TO_UPDATE.slice(0, 6));
    expect(await office.as('service-definer').refused('step confirm')).toBe('second-person');
    expect(await office.as('observer').refused('step confirm')).toBe('role');
    expect(await office.as('deputy').refused('step done')).toBe('not-the-runner');
  });

  /** An office that takes files, at the second person's step. */
  async function atSecondPerson() {
    const office = await openImportOffice(await database.open());
    await prepared(office);
    await approved(office);
    await go(office);
    await steps(office, ...TO_UPDATE.slice(0, 6));
    return office;
  }

  it('28: a screenshot cannot be read for patient data: it says so, and asks, and asks for the picture', async () => {
    const office = await atSecondPerson();
    const asked = await office.as('deputy').click('step', { what: 'confirm', how: 'screenshot' });
    expect(asked).toMatchObject({
      kind: 'form',
      form: {
        fields: [
          { name: 'clean', label: expect.stringContaining('cannot be read for patient data') },
          { name: 'picture', kind: 'file' },
        ],
      },
    });
  });

  it('15: a screenshot stands for the second person; the record has its fingerprint, and nothing else of it is kept', async () => {
    const office = await atSecondPerson();
    expect(await office.as('service-definer').refused('step confirm')).toBe('second-person');
    const picture = await office.upload(PNG, 'the screen of Ann Example.png');
    const seen = await ask(office, 'service-definer', `step confirm how=screenshot clean=yes picture=${picture}`);
    expect(seen.facts.guided?.step).toBe('enable');
    await expect(office.files.open(picture)).rejects.toMatchObject({ code: 'file-gone' });
    const events = await office.connection.db.selectFrom('audit_event').selectAll().execute();
    const said = JSON.stringify(events);
    expect(said).toContain(createHash('sha256').update(PNG).digest('hex'));
    expect(said).not.toContain('Ann Example');
  });

  it('28: what is not a picture confirms nothing, and goes', async () => {
    const office = await atSecondPerson();
    const text = await office.upload('NHS number,Name', 'screen.png');
    expect(await office.as('service-definer').refused(`step confirm how=screenshot clean=yes picture=${text}`)).toBe(
      'not-a-picture',
    );
    await expect(office.files.open(text)).rejects.toMatchObject({ code: 'file-gone' });
    expect((await office.store.runs.byId(1))?.guided?.step).toBe('second-person');
  });

  it('15: Clear before Update puts everything back', async () => {
    const office = await openReadyOffice(database);
    const seen = await steps(office, ...TO_UPDATE, ['service-definer', 'step clear']);
    expect(seen.facts).toMatchObject({ guided: { step: 'filter' }, counts: { pending: 8, applying: 0 } });
  });

  it('13: when the window is closing, Update is not reached: the run stops before it', async () => {
    const office = await openReadyOffice(database);
    await steps(office, ...TO_UPDATE.slice(0, -1));
    office.clock.set('2026-12-08T22:30:00Z');
    const held = await ask(office, 'service-definer', 'step done');
    expect(held.facts).toMatchObject({ state: 'stopped', hold: { reason: 'window-closing' }, counts: { pending: 8 } });
  });

  it('16: a service that still shows the old system sends the group to people and stops the run', async () => {
    const office = await openReadyOffice(database);
    const pressed = await steps(office, ...TO_UPDATE, ['service-definer', 'step pressed']);
    const [first] = pressed.facts.guided?.readBack ?? [];
    const seen = await ask(office, 'service-definer', `step old service=${first?.serviceId}`);
    expect(seen.facts).toMatchObject({ state: 'stopped', counts: { 'needs-a-person': 8 } });
  });

  it('16: an abort around Update leaves nobody guessing: each service of the group is looked at', async () => {
    const office = await openReadyOffice(database);
    const seen = await steps(office, ...TO_UPDATE, ['tester', 'abort the screen froze']);
    expect(seen.facts).toMatchObject({ state: 'stopped', counts: { 'needs-a-person': 8 } });
  });

  it('15: held around Update, the card asks what happened on the screen, and says not to press it now', async () => {
    const office = await openReadyOffice(database);
    await steps(office, ...TO_UPDATE);
    await ask(office, 'tester', 'pause the network is slow');
    const held = await ask(office, 'service-definer', 'run');
    expect(held.text).toContain('The run is held: do not press Update now.');
    expect(held.text).not.toContain('Then press Update');
    const offered = async () => {
      const outcome = await office.as('service-definer').type('run');
      const actions = outcome.kind === 'answer' ? cardOf(outcome.answer).actions : [];
      return actions.map((one) => (one.kind === 'do' ? (one.input.what ?? one.verb) : one.kind));
    };
    expect(await offered()).toEqual(['pressed', 'failed', 'clear', 'resume', 'abort']);
    await ask(office, 'service-definer', 'step pressed');
    expect((await offered()).slice(0, 4)).toEqual(['new', 'old', 'resume', 'abort']);
  });

  it('8: the deputy takes over without a new vote', async () => {
    const office = await openReadyOffice(database);
    const seen = await steps(office, ...TO_COUNT, ['deputy', 'step handover']);
    expect(seen.facts).toMatchObject({ runner: 'The deputy', deputy: 'The service-definer' });
    expect(await office.as('service-definer').refused('step count site=XR101 counted=5')).toBe('not-the-runner');
    await ask(office, 'deputy', 'step count site=XR101 counted=5');
  });

  it('8: handed over and taken over at the same moment, or pressed twice, the run goes to the deputy and stays there', async () => {
    const office = await openReadyOffice(database);
    await steps(office, ...TO_COUNT);
    const button = async (personId: string, label: string) => {
      const person = await office.store.people.byEmail(`${personId}@rehearsal.example`);
      const asker = { personId: person?.id ?? 0, leads: false };
      const facts = await office.store.runViews.shown(1, office.clock.now(), { asker });
      const found = cardOf({ code: 'run.shown', facts, next: [] }).actions.find((one) => one.label === label);
      return found?.kind === 'do' ? { ...found.input } : {};
    };
    const taken = await button('deputy', 'Take over');
    const outcomes = await Promise.all(
      (['service-definer', 'deputy', 'deputy'] as const).map((desk) => office.as(desk).click('step', taken)),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'answer']);
    expect((await ask(office, 'e-rs-lead', 'run')).facts.runner).toBe('The deputy');
    const { db } = office.connection;
    const calls = await db.selectFrom('posting').select('message').where('kind', '=', 'call').execute();
    expect(calls.filter(({ message }) => message?.includes('was handed over')).length).toBe(1);
  });

  it('29: a button of an earlier step confirms nothing', async () => {
    const office = await openReadyOffice(database);
    await steps(office, ...TO_COUNT.slice(0, 3));
    const stale = await office.as('service-definer').click('step', { what: 'done', group: '1', step: 'log-in' });
    expect(stale).toMatchObject({ kind: 'refusal', refusal: { code: 'stale-card' } });
  });

  it('27: who counted, confirmed and pressed is in the record', async () => {
    const office = await openReadyOffice(database);
    await steps(office, ...TO_UPDATE, ['service-definer', 'step pressed']);
    const events = await office.store.audit.latest(`migration:${office.migrationId}`, 12);
    expect(events.map((event) => event.act)).toEqual(
      expect.arrayContaining(['run.started', 'run.step.counted', 'run.step.confirmed', 'run.step.pressed']),
    );
  });

  it('18: the way back is guided too, by the same steps and the same counts', async () => {
    const office = await openReadyOffice(database);
    const all = async (first: [Desk, string][]) => {
      const pressed = await steps(office, ...first, ['service-definer', 'step pressed']);
      const looked = pressed.facts.guided?.readBack ?? [];
      return steps(
        office,
        ...looked.map((one): [Desk, string] => ['service-definer', `step new service=${one.serviceId}`]),
      );
    };
    await all(TO_UPDATE);
    await ask(office, 'service-definer', 'undo checked=now reason="bookings fail"');
    const turned = await ask(office, 'e-rs-lead', 'undo agree');
    expect(turned.facts).toMatchObject({
      state: 'rolling-back',
      guided: { step: 'log-in', to: { asid: '200000000220' } },
    });
    const back = await all(TO_UPDATE.slice(1));
    expect(back.facts).toMatchObject({ state: 'rolled-back', counts: { undone: 8 } });
    expect((await office.store.plans.byId(1))?.state).toBe('rolled-back');
  });

  it('17, 18: the last one of an undo can be ticked by hand, and the run is over then', async () => {
    const office = await openReadyOffice(database);
    const looked = async (first: [Desk, string][]) => {
      const pressed = await steps(office, ...first, ['service-definer', 'step pressed']);
      const shown = pressed.facts.guided?.readBack ?? [];
      return steps(office, ...shown.map((one): [Desk, string] => ['service-definer', `step new ${one.serviceId}`]));
    };
    await looked(TO_UPDATE);
    await ask(office, 'service-definer', 'undo checked=now reason="bookings fail"');
    await ask(office, 'e-rs-lead', 'undo agree');
    const held = await looked([
      ['service-definer', 'step done'],
      ['service-definer', 'step done'],
      ['service-definer', 'step other 7000001'],
      ['service-definer', 'step done'],
      ['service-definer', 'step count site=XR101 counted=4'],
      ['service-definer', 'step count site=XR102 counted=3'],
      ['deputy', 'step confirm'],
      ['service-definer', 'step done'],
      ['service-definer', 'step done'],
    ]);
    expect(held.facts).toMatchObject({ state: 'paused', counts: { undone: 7, 'needs-a-person': 1 } });
    const board = await office.as('deputy').done('manual done 7000001');
    expect(board).toMatchObject({ left: 0, byHand: 1, notice: 'Service 7000001 is done by hand.' });
    const over = await ask(office, 'e-rs-lead', 'run');
    expect(over.facts).toMatchObject({ state: 'rolled-back', counts: { undone: 8 } });
  });

  it('15: only whoever carries it out is asked for its steps; the deputy may take over, a watcher reads', async () => {
    const office = await openReadyOffice(database);
    await steps(office, ...TO_COUNT.slice(0, 3));
    const labels = async (desk: Desk) => {
      const outcome = await office.as(desk).type('step follow');
      if (outcome.kind !== 'answer' || outcome.answer.code !== 'run.followed') throw new Error('It is not followed.');
      const card = cardOf({ code: 'run.shown', facts: outcome.answer.facts.run, next: [] });
      return card.actions.map(({ label }) => label);
    };
    expect(await labels('service-definer')).toEqual(['Ticked', 'Clear', 'Hand over to the deputy', 'Pause']);
    expect(await labels('deputy')).toEqual(['Take over', 'Pause']);
    expect(await labels('e-rs-lead')).toEqual(['Hand over to the deputy', 'Pause']);
    expect(await labels('observer')).toEqual(['Pause']);
    await steps(
      office,
      ['service-definer', 'step done'],
      ['service-definer', 'step count site=XR101 counted=5'],
      ['service-definer', 'step count site=XR102 counted=3'],
    );
    expect(await labels('service-definer')).not.toContain('I see the same number');
    expect(await labels('deputy')).toContain('I see the same number');
  });

  it('12, 19: whoever chooses to carry on by hand calls the other of the two', async () => {
    const office = await openReadyOffice(database);
    await steps(office, ['service-definer', 'run'], ['e-rs-lead', 'abort the supplier asks us to']);
    office.clock.set('2026-12-09T10:00:00Z');
    const closed = await office.as('e-rs-lead').done('manual');
    expect(closed).toMatchObject({ open: false, mayChoose: true, chosen: [] });
    expect(await office.as('deputy').done('manual')).toMatchObject({ open: false, mayChoose: false });
    const chosen = await office.as('e-rs-lead').done('manual carry-on reason="two clinics"');
    expect(chosen.notice).toBe('Taken down. The clinical safety officer has to choose it too, and was called.');
    const calls = await office.connection.db.selectFrom('posting').select('message').execute();
    expect(calls.at(-1)?.message).toContain('chooses to carry on by hand in working hours: two clinics');
    const both = await office.as('clinical-safety-officer').done('manual carry-on reason="agreed"');
    expect(both).toMatchObject({ open: true, chosen: [{ role: 'e-RS lead' }, { role: 'clinical safety officer' }] });
  });

  it('15: a plan of many services is done in several presses of Update', async () => {
    const many = [
      ...estate(),
      ...Array.from({ length: 100 }, (_, at) =>
        service(String(7_100_001 + at), { providerOrg: 'XR1', locationOrg: 'XR102' }),
      ),
    ];
    const office = await openReadyOffice(database, many);
    await steps(office, ...TO_COUNT, ['service-definer', 'step count site=XR101 counted=5']);
    const first = await ask(office, 'deputy', 'step confirm');
    expect(first.facts.guided).toMatchObject({ group: 1, groups: 3 });
    await steps(
      office,
      ['service-definer', 'step done'],
      ['service-definer', 'step done'],
      ['service-definer', 'step pressed'],
    );
    const run = await office.store.runs.byId(1);
    const looked = run?.guided?.readBack ?? [];
    const second = await steps(
      office,
      ...looked.map((id): [Desk, string] => ['service-definer', `step new service=${id}`]),
    );
    expect(second.facts).toMatchObject({
      state: 'running',
      guided: { group: 2, step: 'filter' },
      counts: { confirmed: 5, pending: 103 },
    });
  });
});
