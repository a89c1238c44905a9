import { parse } from 'csv-parse/sync';
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { beforeEach, expect, it } from 'vitest';
import type { NoticeAskedFacts, NoticePreviewFacts, NoticesFacts } from '../../src/domain/notice-answers.ts';
import type { WelshFacts } from '../../src/domain/notice-welsh-answers.ts';
import { csvText } from '../../src/kernel/csv-text.ts';
import { advanceSending } from '../../src/work/advance-sending.ts';
import { mailPace } from '../../src/work/advance-sending-pace.ts';
import { eachDatabase } from '../support/database.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';
import { WORDING } from '../support/notice-facts.ts';
import { commissioner, practice, sendingOver } from '../support/notices-office.ts';
import type { Colleague } from '../support/office.ts';
import { givenPlan } from '../support/office-plan.ts';
import { pseudo } from '../support/pseudo-welsh.ts';
import { smtpSink } from '../support/smtp-sink.ts';

const OUTAGE = { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' };
type Row = Record<'key' | 'where it is used' | 'english' | 'welsh' | 'note' | 'welsh of an earlier english', string>;

eachDatabase('notices in Welsh', (database) => {
  let office: ImportOffice;
  let lead: Colleague;
  beforeEach(async () => {
    office = await openImportOffice(await database.open());
    lead = office.as('communications-lead');
    await office.store.migrations.setOutage(office.migrationId, OUTAGE, null);
    await office.store.notices.setWording(office.migrationId, WORDING, 1, office.clock.now().toString());
    const rows = [commissioner('QA1'), practice('A81001'), practice('W95001', { language: 'cy' }), practice('W95002')];
    await office.store.recipients.load(office.migrationId, rows, 'lists');
  });

  async function fileOf(words = 'wording welsh'): Promise<readonly Row[]> {
    const outcome = await lead.type(words);
    if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    const text = outcome.answer.files?.find(({ name }) => name === 'notices-welsh.csv')?.text ?? '';
    return parse(text, { columns: true, bom: true });
  }
  const csv = (rows: readonly Row[]) =>
    `\ufeff${csvText(
      ['key', 'where it is used', 'english', 'welsh', 'note'],
      rows.map((row) => [row.key, row['where it is used'], row.english, row.welsh, row.note]),
    )}`;
  async function give(rows: readonly Row[]): Promise<WelshFacts> {
    const file = await office.upload(csv(rows), 'notices-welsh.csv');
    return (await lead.done(`wording welsh ${file}`)) as unknown as WelshFacts;
  }
  const translated = async () => (await fileOf()).map((row) => ({ ...row, welsh: pseudo(row.english) }));
  async function plan() {
    return givenPlan(office, { path: ['submitted', 'approved'] });
  }
  async function sendOut() {
    const sink = await smtpSink();
    const work = sendingOver(office, sink, 'me');
    let prepared = 0;
    const mailer = {
      ...work.mailer,
      prepare: (mail: Parameters<typeof work.mailer.prepare>[0]) => {
        prepared++;
        return work.mailer.prepare(mail);
      },
    };
    await advanceSending({ ...work, mailer }, { stopping: () => false, pace: mailPace(() => 0), touched: new Map() });
    await work.mailer.close();
    await sink.close();
    return { received: sink.received, prepared };
  }

  it('20: the file has every text that is needed, with where it stands and what its braces become; filled in, it is complete', async () => {
    const rows = await fileOf();
    expect(rows.find(({ key }) => key === 'team/all/cancer')).toMatchObject({
      'where it is used':
        "planned outage, reminder, outage started, outage extended, outage moved: Urgent suspected cancer referrals, your team's text",
      english: WORDING[0]?.text,
      welsh: '',
    });
    expect(rows.find(({ key }) => key === 'services.text')?.note).toContain('{services} is a number alone, like 248');
    const before = (await lead.done('wording welsh')) as unknown as WelshFacts;
    expect(before).toMatchObject({ needed: rows.length, missing: rows.length, marked: 1, inWales: 1, read: null });
    const after = await give(await translated());
    expect(after).toMatchObject({ missing: 0, read: { kept: rows.length, wrong: 0, blank: 0 } });
    expect((await fileOf()).every(({ english, welsh }) => welsh === pseudo(english))).toBe(true);
  });

  it('2: what is wrong with a row is told with its line and what to do; the others are kept; a blank takes words back', async () => {
    const rows = await translated();
    const at = rows.findIndex(({ key }) => key === 'planned.title');
    const wrong = rows.map((row, place) => (place === at ? { ...row, welsh: '«cy: no name»' } : row));
    const facts = await give(wrong);
    expect(facts).toMatchObject({ missing: 1, read: { kept: rows.length - 1, wrong: 1 } });
    // A text of several lines takes as many lines of the file.
    expect(facts.read?.first).toMatchObject([
      { key: 'planned.title', words: expect.stringContaining('({provider}) Put it in as it is') },
    ]);
    expect(facts.read?.first[0]?.line).toBeGreaterThan(at);
    const taken = await give(rows.map((row) => (row.key === 'fact.when' ? { ...row, welsh: '' } : row)));
    expect(taken).toMatchObject({ missing: 1, read: { takenBack: 1, blank: 1 } });
    const file = await office.upload('key,english,welsh\nnothing,English,x');
    expect(await lead.refused(`wording welsh ${file}`)).toBe('nothing-usable');
    const spoiled = await office.upload(Buffer.from('key,english,welsh\nfact.when,When,d\xe2', 'latin1'));
    expect(await lead.refused(`wording welsh ${spoiled}`)).toBe('not-utf8');
  });

  it('28: patient data in the file is refused and not repeated', async () => {
    const rows = (await translated()).map((row) =>
      row.key === 'failed.why' ? { ...row, welsh: '«cy: NHS number 943 476 5919»' } : row,
    );
    const facts = await give(rows);
    expect(facts.read).toMatchObject({ wrong: 1 });
    expect(JSON.stringify(facts)).not.toContain('943');
    const kept = await office.connection.db.selectFrom('notice_welsh').select('key').execute();
    expect(kept.map(({ key }) => key)).not.toContain('failed.why');
  });

  it('20: only who writes the notices gives the words or decides on English only', async () => {
    const file = await office.upload(csv(await translated()));
    expect(await office.as('planner').refused(`wording welsh ${file}`)).toBe('role');
    expect(await office.as('planner').refused('wording welsh english="no translators"')).toBe('role');
    expect((await office.as('planner').done('wording welsh')) as object).toMatchObject({ marked: 1 });
    const form = await lead.type('wording upload');
    if (form.kind !== 'form') throw new Error('there was no form');
    expect(form.form.fields.map(({ name }) => name)).toContain('file');
  });

  it('20: with a text missing nobody is mailed, not even a test; with all of them each gets their own, composed once a language', async () => {
    await plan();
    for (const words of ['send planned', 'send planned test']) {
      const outcome = await lead.type(words);
      if (outcome.kind !== 'refusal') throw new Error('it was not refused');
      expect(outcome.refusal.code).toBe('notice-incomplete');
      expect(outcome.refusal.message).toContain('Welsh: 1 recipient is marked for it');
      expect(outcome.refusal.remedy).toContainEqual(
        expect.objectContaining({ verb: 'wording', input: { what: 'welsh' } }),
      );
    }
    expect(await office.store.notices.list(office.migrationId, true)).toEqual([]);
    await give(await translated());
    await office.connection.db.updateTable('plan').set({ state: 'approved' }).execute();
    await lead.done('send planned test');
    const test = (await sendOut()).received;
    expect(test.map(({ raw }) => raw).join('')).toContain('lang=3D"cy"');
    const { code, inWelsh } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    expect(inWelsh).toBe(1);
    await lead.done(`send planned code=${code} at=now`);
    const { received, prepared } = await sendOut();
    expect(prepared).toBe(2);
    const mails = await Promise.all(
      received.map(async ({ to, raw }) => [to.split('@')[0], await PostalMime.parse(raw)] as const),
    );
    const subjects = Object.fromEntries(mails.map(([to, mail]) => [to, mail.subject]));
    const english = 'Planned e-RS booking outage: Rehearsal Hospitals NHS Trust, Tuesday 15 December 2026, 5pm to 11pm';
    expect(subjects).toMatchObject({ qa1: english, a81001: english, w95002: english });
    expect(subjects.w95001).toMatch(/^«cy: Planned .*Dydd Mawrth, 15 Rhagfyr 2026.*» \/ Planned e-RS booking outage/);
    const uids = mails.map(([, mail]) => {
      const file = new TextDecoder().decode(mail.attachments[0]?.content as ArrayBuffer);
      return new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent('vevent')?.getFirstPropertyValue('uid');
    });
    expect(new Set(uids).size).toBe(1);
  });

  it('20: English only for now is a decision with a reason, recorded; the reminder follows what was decided since', async () => {
    await plan();
    await lead.done('wording welsh english="the translators answer on Friday"');
    expect(await lead.done('wording welsh')).toMatchObject({
      englishOnly: 'the translators answer on Friday',
      marked: 1,
    });
    await office.connection.db.updateTable('plan').set({ state: 'approved' }).execute();
    await lead.done('send planned test');
    const asked = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    expect(asked).toMatchObject({ inWelsh: 0, englishOnly: 'the translators answer on Friday' });
    await lead.done(`send planned code=${asked.code} at=now`);
    expect((await sendOut()).received.some(({ raw }) => raw.includes('lang=3D"cy"'))).toBe(false);
    const events = await office.connection.db.selectFrom('audit_event').select('text').execute();
    expect(events.some(({ text }) => text.includes('the translators answer on Friday'))).toBe(true);
    await give(await translated());
    await lead.done('wording bilingual');
    await office.connection.db.updateTable('plan').set({ state: 'approved' }).execute();
    expect(await lead.done('send reminder')).toMatchObject({ inWelsh: 1 });
  });

  it('8: the Welsh is what is voted on: a change of it opens a new version and voids the votes; other English makes it count no more', async () => {
    const { id } = await plan();
    const before = await office.store.plans.look(id);
    await give(await translated());
    const [version] = await office.store.plans.versions(id);
    expect(version?.hash).not.toBe(before.hash);
    expect(version?.changes).toEqual(['the Welsh words of the notices changed']);
    const rows = (await fileOf()).map((row) => (row.key === 'fact.when' ? { ...row, welsh: '«cy: When?»' } : row));
    // Without a window it went back to its author.
    await office.connection.db.updateTable('plan').set({ state: 'approved' }).execute();
    await give(rows);
    expect((await office.store.plans.versions(id)).length).toBe(3);
    await give(rows);
    expect((await office.store.plans.versions(id)).length).toBe(3);
    const changed = await lead.type('wording nextUpdate="By 10pm"');
    if (changed.kind !== 'answer') throw new Error('it was not answered');
    expect(changed.answer.next).toContainEqual(expect.objectContaining({ input: { what: 'welsh' } }));
    const facts = (await lead.done('wording welsh')) as unknown as WelshFacts;
    expect(facts).toMatchObject({ missing: 1, outdated: 1 });
    const row = (await fileOf()).find(({ key }) => key === 'team/all/nextUpdate');
    expect(row).toMatchObject({
      english: 'By 10pm',
      welsh: '',
      'welsh of an earlier english': pseudo(WORDING[6]?.text ?? ''),
    });
    const preview = (await lead.done('preview planned')) as unknown as NoticePreviewFacts;
    expect(preview.faults).toEqual([expect.stringContaining('1 of')]);
  });

  it('21: submitting waits for the Welsh of all that may go out at night, and so does the run once words changed', async () => {
    const made = await givenPlan(office);
    const faults = async () => {
      const found = await office.store.plans.faults(made, office.clock.now(), { years: [], days: [] } as never);
      return found.map(({ code }) => code);
    };
    expect(await faults()).toContain('welsh');
    // The free update is written when there is news: nobody can translate it before.
    await give((await translated()).filter(({ key }) => !key.endsWith('/update')));
    expect(await faults()).not.toContain('welsh');
    await office.connection.db.updateTable('plan').set({ state: 'approved' }).execute();
    await lead.done('send planned test');
    const { code } = (await lead.done('send planned now')) as unknown as NoticeAskedFacts;
    await lead.done(`send planned code=${code} at=now`);
    await sendOut();
    expect(await lead.done('notices')).toMatchObject({ informed: { ok: true } });
    await lead.done('wording completed patientContact="We have telephoned all patients."');
    const { informed } = (await lead.done('notices')) as unknown as NoticesFacts;
    expect(informed.faults.map(({ fault }) => fault)).toEqual(['welsh']);
    expect(informed.faults[0]?.text).toContain('1 of');
  });

  it('1: a list says who wants Welsh; what is no language is an error of its line', async () => {
    const list = [
      'code,name,kind,email,language',
      'W95003,One,referrer,one@a.example,cy',
      'W95004,Two,referrer,one@a.example,',
      'W95005,Three,referrer,three@a.example,french',
    ];
    await office.import(list.join('\n'));
    const { members } = await office.store.noticeDrafts.audience(
      (await office.store.migrations.byId(office.migrationId)) as never,
      office.clock.now(),
    );
    // Two that share an address get one mail, in both languages.
    expect(members.find(({ code }) => code === 'W95003')).toMatchObject({ language: 'cy', also: ['W95004'] });
    expect(members.some(({ code }) => code === 'W95005')).toBe(false);
    expect(await lead.done('recipients')).toMatchObject({ inWelsh: 2, inWales: 1 });
  });
});
