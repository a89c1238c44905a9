import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/app/connect.ts';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { storeOf } from '../../src/store/store.ts';
import { advanceSending } from '../../src/work/advance-sending.ts';
import { mailPace } from '../../src/work/advance-sending-pace.ts';
import { holdAfterMachineStop } from '../../src/work/hold-after-machine-stop.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import { noticeIn, practice, sendingOver } from '../support/notices-office.ts';
import { openOffice } from '../support/office.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { openRunDesk } from './run-desk.ts';

eachDatabase('after the machine stopped', (database) => {
  it('23: a notice that was going out is held, what was on its way is unknown, and a person lets it go on', async () => {
    const office = await openOffice(await database.open());
    const notice = await noticeIn(
      office,
      ['P1', 'P2', 'P3', 'P4'].map((code) => practice(code)),
    );
    const later = await noticeIn(office, [practice('L1')], {
      facts: { reference: 'XR1-1-9' },
      dueAt: '2026-12-05T09:00:00Z',
    });
    const test = await noticeIn(office, [practice('T1')], { test: true });
    const { db } = office.connection;
    await office.connection.transaction(async (trx) => {
      const { deliveryLedger } = storeOf(trx);
      await deliveryLedger.take('dead', office.clock.now().toString(), 120);
      await deliveryLedger.claim(notice.id, 'dead', 2);
    });
    await db
      .updateTable('delivery')
      .set({ status: 'sent', sent_at: '2026-12-01T18:59:00Z' })
      .where('code', '=', 'P1')
      .execute();

    const held = await office.connection.transaction((trx) => holdAfterMachineStop(storeOf(trx), office.clock.now()));
    expect(held).toEqual({ runs: 0, notices: 2 });
    const counts = (await office.store.deliveries.counts(notice.id)).all;
    expect(counts).toMatchObject({ sent: 1, unknown: 1, queued: 2, sending: 0 });
    expect((await office.store.notices.byId(later.id))?.status).toBe('held');
    expect((await office.store.notices.byId(test.id))?.status).toBe('withdrawn');
    expect((await office.store.deliveries.counts(test.id)).all.failed).toBe(1);
    const calls = await db.selectFrom('posting').select('message').where('kind', '=', 'call').execute();
    expect(calls[0]?.message).toContain('The machine stopped, so what happened');
    expect(calls[0]?.message).toContain('Noted last: Surgery P1 (P1)');

    const sink = await smtpSink();
    const work = sendingOver(office, sink, 'new');
    const send = () => advanceSending(work, { stopping: () => false, pace: mailPace(() => 0), touched: new Map() });
    await send();
    expect(sink.received).toEqual([]);
    const shown = await office.as('communications-lead').type(`notices ${notice.id}`);
    if (shown.kind !== 'answer') throw new Error('it was not answered');
    expect(JSON.stringify(cardOf(shown.answer).body)).toContain('The machine stopped');
    await office.as('communications-lead').done(`hold ${notice.id} off`);
    await send();
    expect(sink.received.map((mail) => mail.to).sort()).toEqual(['p3@referrer.example', 'p4@referrer.example']);
    await work.mailer.close();
    await sink.close();
  });

  it('16: a run that was under way is paused, says why, and the people it needs are called', async () => {
    const desk = await openRunDesk(await database.open(), 3);
    const { office } = desk;
    const held = await office.connection.transaction((trx) => holdAfterMachineStop(storeOf(trx), office.clock.now()));
    expect(held).toEqual({ runs: 1, notices: 0 });
    const run = await office.store.runs.byId(desk.runId);
    expect(run).toMatchObject({ state: 'paused', hold: { reason: 'machine-stopped' } });
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    expect(calls[0]?.message).toContain('The machine stopped during the run');
    const again = await office.connection.transaction((trx) => holdAfterMachineStop(storeOf(trx), office.clock.now()));
    expect(again).toEqual({ runs: 0, notices: 0 });
    await desk.close();
  });
});

it('23: opening a folder under another boot holds what was going out; under the same one it does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'changeover-stopped-'));
  const config = readConfig({ CHANGEOVER_DATA: folder, CHANGEOVER_WORLD: 'http://127.0.0.1:1' });
  const open = () => openDatabase(config, '2026-12-01T19:00:00Z', silentLog);
  let connection = await open();
  const office = await openOffice(connection);
  const notice = await noticeIn(office, [practice('P1')], { dueAt: '2026-12-05T09:00:00Z' });
  const status = async () => (await storeOf(connection.db).notices.byId(notice.id))?.status;
  const mark = await readFile(join(folder, 'boot.json'), 'utf8');
  await connection.close();
  connection = await open();
  expect(await status()).toBe('scheduled');
  await connection.close();
  await writeFile(join(folder, 'boot.json'), mark.replace(/"boot":"[^"]*"/, '"boot":"an earlier one"'));
  connection = await open();
  expect(await status()).toBe('held');
  await connection.close();
  await rm(folder, { recursive: true, force: true });
}, 120_000);
