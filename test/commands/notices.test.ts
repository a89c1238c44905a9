import { beforeEach, expect, it } from 'vitest';
import type {
  NoticeAskedFacts,
  NoticePreviewFacts,
  NoticesFacts,
  RecipientsFacts,
  WordingFacts,
} from '../../src/domain/notice-answers.ts';
import type { PlanState } from '../../src/domain/plan.ts';
import { storeOf } from '../../src/store/store.ts';
import { advanceSending } from '../../src/work/advance-sending.ts';
import { mailPace } from '../../src/work/advance-sending-pace.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import { plannedService, WORDING } from '../support/notice-facts.ts';
import { commissioner, practice, sendingOver } from '../support/notices-office.ts';
import { type Colleague, type Office, openOffice } from '../support/office.ts';
import { smtpSink } from '../support/smtp-sink.ts';

const OUTAGE = { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' };

eachDatabase('the verbs of the notices', (database) => {
  let office: Office;
  let lead: Colleague;
  beforeEach(async () => {
    office = await openOffice(await database.open());
    lead = office.as('communications-lead');
  });

  async function outage(): Promise<void> {
    await office.store.migrations.setOutage(office.migrationId, OUTAGE, null);
  }
  async function lists(): Promise<void> {
    const rows = [commissioner('QA1'), commissioner('QB2', { email: null }), practice('A1'), practice('A2')];
    await office.store.recipients.load(office.migrationId, rows, 'lists.csv');
  }
  async function wording(): Promise<void> {
    await office.store.notices.setWording(office.migrationId, WORDING, 1, office.clock.now().toString());
  }
  async function plan(state: PlanState = 'approved'): Promise<number> {
    return office.connection.transaction(async (trx) => {
      const { plans } = storeOf(trx);
      const act = { personId: 2, at: office.clock.now().toString(), words: 'the planner' };
      const row = await trx
        .insertInto('snapshot')
        .values({
          migration_id: office.migrationId,
          number: 1,
          kind: 'extract',
          status: 'published',
          base_id: null,
          extract_id: null,
          file_name: 'x.csv',
          sha256: 'x',
          encoding: 'utf-8',
          taken: '2026-11-30',
          columns: '[]',
          flaw_counts: '{}',
          imported_by: 2,
          touched_at: act.at,
          published_at: act.at,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const made = await plans.create(
        office.migrationId,
        'plan',
        {
          snapshotId: row.id,
          selection: { include: [], exclude: [] } as never,
          target: { asid: '200000001337', organisation: null },
          services: [plannedService('7000001'), plannedService('7000002', { twoWeekWait: true })],
          warnings: {},
          runnerId: 3,
          deputyId: null,
          verification: ['7000001'],
        },
        act,
      );
      await trx.updateTable('plan').set({ state }).where('id', '=', made.id).execute();
      return made.id;
    });
  }
  async function ready(): Promise<void> {
    await outage();
    await lists();
    await wording();
    await plan();
  }
  async function sendOut(): Promise<number> {
    const sink = await smtpSink();
    const work = sendingOver(office, sink, 'me');
    await advanceSending(work, { stopping: () => false, pace: mailPace(() => 0), touched: new Map() });
    await work.mailer.close();
    await sink.close();
    return sink.received.length;
  }

  it('20: recipients tells how many, from which list, who cannot be mailed, and why somebody is in', async () => {
    await lists();
    const facts = (await lead.done('recipients')) as unknown as RecipientsFacts;
    expect(facts).toMatchObject({ commissioners: 1, referrers: 2, unreachable: 1, merged: 0 });
    const one = (await lead.done('recipients a1')) as unknown as RecipientsFacts;
    expect(one.asked[0]).toMatchObject({ code: 'A1', why: 'list lists.csv' });
    expect(((await lead.done('recipients ZZ9')) as unknown as RecipientsFacts).notFound).toBe('ZZ9');
  });

  it('20: a narrower audience is by list only, and only the communications lead makes it', async () => {
    await lists();
    await office.store.recipients.load(office.migrationId, [practice('D1')], 'dentists.csv');
    expect(await office.as('observer').refused('recipients lists=dentists.csv')).toBe('role');
    expect(await lead.refused('recipients lists=nothing.csv')).toBe('no-list');
    const facts = (await lead.done('recipients lists=dentists.csv')) as unknown as RecipientsFacts;
    expect(facts).toMatchObject({ commissioners: 1, referrers: 1 });
    expect(await lead.done('recipients lists=all')).toMatchObject({ referrers: 3 });
  });

  it('20: what is missing is told at once, and nobody is mailed', async () => {
    await lists();
    await plan();
    const outcome = await lead.type('send planned');
    if (outcome.kind !== 'refusal') throw new Error('it was not refused');
    expect(outcome.refusal.code).toBe('notice-incomplete');
    for (const word of ['Outage', 'suspected cancer', 'Telephone', 'continuity', 'next update']) {
      expect(outcome.refusal.message).toContain(word);
    }
    expect(await office.store.notices.list(office.migrationId, true)).toEqual([]);
  });

  it('20: wording is typed, its variables are checked when written, and a form asks for what has no standard text', async () => {
    const facts = (await lead.done('wording contactPhone="01632 960 100"')) as unknown as WordingFacts;
    expect(facts.saved).toEqual(['Telephone on the day']);
    expect(facts.fields.find((field) => field.name === 'contactPhone')).toMatchObject({ source: 'written' });
    expect(facts.fields.find((field) => field.name === 'cancer')).toMatchObject({ source: 'missing' });
    expect(await lead.refused('wording continuity="see {outlook}"')).toBe('unknown-variable');
    expect(await office.as('planner').refused('wording cancer="x"')).toBe('role');
    const form = await lead.type('wording fill');
    if (form.kind !== 'form') throw new Error('there was no form');
    expect(form.form.fields.map((field) => field.name)).toEqual([
      'cancer',
      'contactPhone',
      'contactEmail',
      'contactHours',
      'patientContact',
      'continuity',
      'nextUpdate',
    ]);
  });

  it('21: a time that people typed is asked about before an extended or moved notice repeats it', async () => {
    await lead.done('wording nextUpdate="By 11:30pm on the day"');
    const written = (await lead.done('wording')) as unknown as WordingFacts;
    expect(written.fixedTimes).toMatchObject([
      { field: 'nextUpdate', said: ['11:30pm'], kinds: ['extended', 'moved'] },
    ]);
    const shown = async (kind: string) => (await lead.done(`preview ${kind}`)) as unknown as NoticePreviewFacts;
    expect((await shown('planned')).fixedTimes).toEqual([]);
    expect((await shown('extended')).fixedTimes).toMatchObject([{ said: ['11:30pm'] }]);
    await lead.done('wording extended nextUpdate="By {outage_end}"');
    expect((await shown('extended')).fixedTimes).toEqual([]);
  });

  it('28: patient data in the wording is refused', async () => {
    expect(await lead.refused('wording continuity="for NHS number 943 476 5919 call us"')).toBe('patient-data');
  });

  it('21: a test to oneself comes first; the button says the number, the time and the lead; one click sends once', async () => {
    await ready();
    const first = (await lead.done('send planned')) as unknown as NoticeAskedFacts;
    expect(first).toMatchObject({ mails: 3, commissioners: 1, referrers: 2, unreachable: 1, tested: false });
    expect(first.forecast).toMatchObject({
      dueAt: '2026-12-02T09:00:00Z',
      leadDeadline: '2026-12-08T17:00:00Z',
      leadMet: true,
    });
    expect(await lead.refused(`send planned code=${first.code}`)).toBe('test-first');
    await lead.done('send planned test');
    expect(await sendOut()).toBe(1);
    const outcome = await lead.type('send planned');
    if (outcome.kind !== 'answer') throw new Error('it was not answered');
    const button = cardOf(outcome.answer).actions[0];
    expect(button).toMatchObject({ label: 'Send to 3', input: { code: first.code, at: '2026-12-02T09:00:00Z' } });
    if (button?.kind !== 'do') throw new Error('it is no button');
    expect((await lead.click(button.verb, { ...button.input })).kind).toBe('answer');
    expect(await lead.refused(`send planned code=${first.code}`)).toBe('already-sent');
    expect(await sendOut()).toBe(0);
    office.clock.set('2026-12-02T09:00:00Z');
    expect(await sendOut()).toBe(3);
  });

  it('21: at a slow rate the last mail is later, and a lead that is missed is said', async () => {
    await ready();
    await office.as('e-rs-lead').done('settings mailsPerMinute 1');
    const facts = (await lead.done('send planned at="2026-12-08 17:00"')) as unknown as NoticeAskedFacts;
    expect(facts).toMatchObject({ mailsPerMinute: 1 });
    expect(facts.forecast).toMatchObject({ seconds: 120, lastAt: '2026-12-08T17:02:00Z', leadMet: false });
  });

  it('21: a card that was shown before a change is refused', async () => {
    await ready();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned')) as unknown as NoticeAskedFacts;
    await lead.done('wording nextUpdate="By 10pm"');
    expect(await lead.refused(`send planned code=${code}`)).toBe('stale-card');
  });

  it('21: nothing goes out from a plan that is not approved, after the start, or without recipients', async () => {
    await outage();
    await wording();
    const planId = await plan('submitted');
    expect(await lead.refused('send planned')).toBe('notice-locked');
    await office.connection.db.updateTable('plan').set({ state: 'approved' }).where('id', '=', planId).execute();
    expect(await lead.refused('send planned')).toBe('no-recipients');
    await lists();
    expect(await lead.refused('send planned at="2026-12-16 09:00"')).toBe('after-the-start');
  });

  it("21: the planned notice is the communications lead's; completed is locked until the plan is completed, and then the e-RS lead may send it at night", async () => {
    await ready();
    expect(await office.as('e-rs-lead').refused('send planned')).toBe('role');
    expect(await office.as('planner').refused('send planned')).toBe('role');
    expect(await lead.refused('send completed')).toBe('notice-locked');
    await office.connection.db.updateTable('plan').set({ state: 'completed' }).execute();
    const asked = (await office.as('e-rs-lead').done('send completed')) as unknown as NoticeAskedFacts;
    expect(asked).toMatchObject({ needsTest: false });
    await office.as('e-rs-lead').done(`send completed code=${asked.code}`);
    expect(await sendOut()).toBe(3);
    expect(await office.as('service-definer').refused('send completed')).toBe('role');
  });

  it('21: hold stops it, and off lets it go on; withdraw takes back what has not begun', async () => {
    await ready();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code} at=now`);
    expect(await lead.done('hold')).toMatchObject({ status: 'held' });
    expect(await sendOut()).toBe(1);
    expect(await lead.done('hold off')).toMatchObject({ status: 'scheduled' });
    expect(await lead.done('hold withdraw')).toMatchObject({ status: 'withdrawn' });
    expect(await sendOut()).toBe(0);
  });

  it('24: informed only when every commissioner is told or phoned, and the notice was in time', async () => {
    await ready();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code} at=now`);
    await sendOut();
    const before = (await lead.done('notices')) as unknown as NoticesFacts;
    expect(before.informed.faults.map((fault) => fault.fault)).toEqual(['commissioners']);
    expect(await lead.done('calls')).toMatchObject({
      calls: [{ code: 'QB2', reason: 'no email address', doneAt: null }],
    });
    const form = await lead.type('calls done=QB2');
    expect(form.kind).toBe('form');
    await lead.done('calls done=qb2 note="told the duty desk"');
    expect(await lead.done('notices')).toMatchObject({ informed: { ok: true, faults: [] } });
    await outageMoved();
    const after = (await lead.done('notices')) as unknown as NoticesFacts;
    expect(after.informed.faults.map((fault) => fault.fault)).toEqual(['not-announced']);
  });
  async function outageMoved(): Promise<void> {
    const moved = { from: '2026-12-22T17:00:00Z', to: '2026-12-22T23:00:00Z' };
    await office.store.migrations.setOutage(office.migrationId, moved, null);
  }

  it("24: a late notice needs the e-RS lead's reason", async () => {
    await ready();
    office.clock.set('2026-12-10T10:00:00Z');
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code} at=now`);
    await sendOut();
    await lead.done('calls done=QB2 note="told the duty desk"');
    expect(((await lead.done('notices')) as unknown as NoticesFacts).informed.faults).toMatchObject([
      { fault: 'lead' },
    ]);
    expect(await lead.refused('notices lead="the supplier moved it"')).toBe('role');
    expect(await office.as('e-rs-lead').done('notices lead="the supplier moved it"')).toMatchObject({
      informed: { ok: true, shortLead: 'the supplier moved it' },
    });
  });

  it('23: only the failed are sent again, and an unknown one only after a person found out', async () => {
    await ready();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code} at=now`);
    await sendOut();
    expect(await lead.refused('resend failed')).toBe('nothing-failed');
    await office.connection.db.updateTable('delivery').set({ status: 'unknown' }).where('code', '=', 'A1').execute();
    await office.connection.db.updateTable('delivery').set({ status: 'failed' }).where('code', '=', 'A2').execute();
    expect(await lead.done('resend failed')).toMatchObject({ counts: { queued: 1, unknown: 1 } });
    expect(await sendOut()).toBe(1);
    expect((await lead.type('resend unknown code=A1')).kind).toBe('form');
    expect(await lead.done('resend unknown code=A1 as=arrived')).toMatchObject({ counts: { unknown: 0 } });
    expect(await lead.refused('resend unknown code=A1 as=again')).toBe('not-unknown');
  });

  it('22: a reminder goes to those who were told, a cancellation to all who may have been, with the event cancelled', async () => {
    await ready();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code} at=now`);
    await sendOut();
    await office.connection.db.updateTable('delivery').set({ status: 'unknown' }).where('code', '=', 'A1').execute();
    expect(await lead.done('send reminder')).toMatchObject({ mails: 2 });
    await lead.done('recipients without=A2 reason="closed since the first notice"');
    expect(await lead.done('send reminder')).toMatchObject({ mails: 1 });
    const cancelled = (await lead.done('send cancelled')) as unknown as NoticeAskedFacts;
    expect(cancelled).toMatchObject({ mails: 3, notice: { calendar: { method: 'CANCEL', sequence: 1 } } });
  });

  it('22: who was told of the outage by telephone is named when it is cancelled: no mail reached them, so somebody calls again', async () => {
    await ready();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code} at=now`);
    await sendOut();
    await office.connection.db.updateTable('delivery').set({ status: 'bounced' }).where('code', '=', 'QA1').execute();
    expect(await lead.done('send cancelled')).toMatchObject({ mails: 2, unreachable: 0 });
    await lead.done('calls done=QA1 note="spoke to the duty manager"');
    const asked = (await lead.done('send cancelled')) as unknown as NoticeAskedFacts;
    expect(asked).toMatchObject({ mails: 2, unreachable: 1 });
    await lead.done('send cancelled test');
    await lead.done(`send cancelled code=${asked.code} at=now`);
    await sendOut();
    const cancelled = (await office.store.notices.list(office.migrationId)).at(-1);
    expect(await lead.done(`notices ${cancelled?.id}`)).toMatchObject({
      counts: { sent: 2, failed: 1 },
      problems: [{ code: 'QA1', reply: 'told by telephone the first time: telephone again' }],
    });
  });

  it('29: a preview can be read by anyone with a role, and writes no notice and no page', async () => {
    await ready();
    const facts = await office.as('observer').done('preview planned');
    expect(facts).toMatchObject({ faults: [], mails: 3, locked: null });
    const again = await office.as('observer').done('preview planned');
    expect(again).toMatchObject({ code: facts.code });
    expect(await office.store.notices.list(office.migrationId, true)).toEqual([]);
    expect(await office.as('stranger').refused('preview planned')).toBe('stranger');
  });

  it('21: two clicks on one button at the same moment send once', async () => {
    await ready();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    const clicks = await Promise.all([1, 2, 3].map(() => lead.click('send', { kind: 'planned', code, at: 'now' })));
    expect(clicks.filter((click) => click.kind === 'answer')).toHaveLength(1);
    const codes = clicks.flatMap((click) => (click.kind === 'refusal' ? [click.refusal.code] : []));
    expect(codes).toEqual(['already-sent', 'already-sent']);
    expect(await office.store.notices.list(office.migrationId)).toHaveLength(1);
  });

  it('23: an address that was corrected in the list is used when the failed are sent again', async () => {
    await ready();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code} at=now`);
    expect(await sendOut()).toBe(4);
    expect(await lead.done('notices 2')).toMatchObject({ counts: { failed: 1 }, resendable: 0 });
    await office.store.recipients.load(office.migrationId, [commissioner('QB2')], 'lists.csv');
    expect(await lead.done('resend failed')).toMatchObject({ counts: { queued: 1, failed: 0 } });
    expect(await sendOut()).toBe(1);
    expect(await lead.done('notices')).toMatchObject({ informed: { ok: true } });
  });

  it('23: several that failed under one code and have one address by now: it gets one mail', async () => {
    const at = (email: string) => practice('A1', { email });
    await ready();
    await office.store.recipients.load(office.migrationId, [at('x@a1.example'), at('y@a1.example')], 'lists.csv');
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code} at=now`);
    await sendOut();
    await office.connection.db.updateTable('delivery').set({ status: 'failed' }).where('code', '=', 'A1').execute();
    await office.store.recipients.load(office.migrationId, [at('z@a1.example')], 'lists.csv');
    expect(await lead.done('resend failed')).toMatchObject({ counts: { queued: 2 } });
    const rows = await office.connection.db.selectFrom('delivery').select('email').where('code', '=', 'A1').execute();
    expect(rows.map(({ email }) => email).toSorted()).toEqual(['y@a1.example', 'z@a1.example']);
  });

  it('21: a new notice waits until the one before is out, on hold or withdrawn', async () => {
    await ready();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code}`);
    const update = await lead.done('preview update');
    await lead.done('send update test');
    expect(await lead.refused(`send update code=${update.code}`)).toBe('still-going');
    await lead.done('hold withdraw');
    const next = await lead.done('preview update');
    await lead.done('send update test');
    expect(await lead.done(`send update code=${next.code}`)).toMatchObject({ status: 'scheduled' });
  });
});
