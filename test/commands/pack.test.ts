import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { verifyFile } from '../../src/app/verify-file.ts';
import type { AnswerFile } from '../../src/command.ts';
import type { Pack } from '../../src/domain/pack.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { go, openReadyOffice } from '../support/run-office.ts';
import { packSchema } from './pack-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'changeover-pack-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function packed(office: Office): Promise<{ html: string; json: string; pack: Pack }> {
  const outcome = await office.as('observer').type('pack');
  if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
  const text = (end: string) =>
    (outcome.answer.files ?? []).find(({ name }: AnswerFile) => name.endsWith(end))?.text ?? '';
  return { html: text('.html'), json: text('.json'), pack: JSON.parse(text('.json')) };
}

function verified(text: string, ...more: string[]) {
  writeFileSync(join(folder, 'pack'), text);
  const answer = verifyFile(['audit', 'verify', 'pack', '--json', ...more], folder);
  const { facts } = JSON.parse(answer?.text ?? '{}') as { facts: { faults: { seq: number; what: string }[] } };
  return { exitCode: answer?.exitCode, faults: facts.faults, facts };
}

async function afterARun(office: Office): Promise<void> {
  await go(office);
  await office.as('service-definer').done('run');
  await office.as('e-rs-lead').done('abort "the <b>supplier</b> asked"');
}

eachDatabase('27: the evidence pack', (database) => {
  it('holds who decided what on which hash and what came of it, as documented, without an address', async () => {
    const office = await openReadyOffice(database);
    await afterARun(office);
    const { html, json, pack } = await packed(office);
    expect(packSchema.parse(JSON.parse(json))).toEqual(pack);
    expect(pack.votes.map(({ by, hash }) => [by, hash === pack.plan.hash])).toEqual([
      ['The approver', true],
      ['The second-approver', true],
      ['The clinical-safety-officer', true],
    ]);
    expect(pack.time.go.length).toBeGreaterThan(3);
    expect(pack.runs).toMatchObject([{ state: 'stopped' }]);
    expect(pack.notices[0]).toMatchObject({ recipients: 2, counts: { sent: 2 } });
    expect(pack.hazards.hazards.length).toBeGreaterThan(10);
    expect(`${html}${json}`).not.toMatch(/[\w.-]+@[\w-]+\.example/);
    expect(html).not.toContain('<b>supplier');
    expect(html).toContain('&lt;b&gt;supplier');
    expect(html).not.toMatch(/<(?:link|img|iframe)|src=|https?:/);
    const record = await office.as('observer').done('audit 5');
    expect(JSON.stringify(record)).toContain('pack.made');
  });

  it('is verified on another machine from the file alone, page and data, against a head from the channel', async () => {
    const office = await openReadyOffice(database);
    await afterARun(office);
    const { html, json, pack } = await packed(office);
    const head = pack.audit.rows[4]?.hash ?? '';
    for (const text of [html, json]) {
      expect(verified(text, '--head', head)).toMatchObject({ exitCode: 0, faults: [] });
      expect(verified(text, `head=${'ab'.repeat(32)}`)).toMatchObject({ exitCode: 1 });
    }
  });

  it('shows each change of it: an event altered, left out or moved, and a word of the page', async () => {
    const office = await openReadyOffice(database);
    const { html, pack } = await packed(office);
    const { rows } = pack.audit;
    const withRows = (changed: typeof rows) => JSON.stringify({ ...pack, audit: { ...pack.audit, rows: changed } });
    const altered = rows.map((row) =>
      row.seq === 3 ? { ...row, text: row.text.replace('"act":"', '"act":"x') } : row,
    );
    expect(verified(withRows(altered))).toMatchObject({ exitCode: 1, faults: [{ seq: 3 }] });
    expect(verified(withRows(rows.filter(({ seq }) => seq !== 4))).faults).toMatchObject([{ seq: 4 }]);
    const [first, second, ...rest] = rows;
    if (!first || !second) throw new Error('There are events.');
    expect(verified(withRows([second, first, ...rest])).faults).toMatchObject([{ seq: 1 }]);
    expect(verified(withRows(rows.slice(0, -1))).faults).toMatchObject([{ seq: rows.length }]);
    const reworded = html.replace('The second-approver</td>', 'The planner</td>');
    expect(reworded).not.toBe(html);
    expect(verified(reworded)).toMatchObject({ exitCode: 1, faults: [{ seq: 0 }] });
  });
});

it('27: a file without a record, one that is not there, and a head that is none are refused; other lines are not ours', () => {
  const code = (text: string, argv: string[]) => {
    writeFileSync(join(folder, 'pack'), text);
    return JSON.parse(verifyFile([...argv, '--json'], folder)?.text ?? '{}').code;
  };
  expect(code('hello', ['audit', 'verify', 'pack'])).toBe('not-a-record');
  expect(code('{"audit":{}}', ['audit', 'verify', 'pack'])).toBe('not-a-record');
  expect(code('', ['audit', 'verify', 'nowhere'])).toBe('no-such-file');
  expect(code('', ['audit', 'verify', 'pack', '--head', 'x'])).toBe('bad-head');
  expect(verifyFile(['audit', 'verify'], folder)).toBeNull();
  expect(verifyFile(['audit', 'verify', 'ab'.repeat(32)], folder)).toBeNull();
  expect(verifyFile(['plan', '1'], folder)).toBeNull();
});
