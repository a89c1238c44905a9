import { beforeEach, expect, it } from 'vitest';
import type { MappingFacts, RecipientsFacts } from '../../src/domain/notice-answers.ts';
import { eachDatabase } from '../support/database.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';

const LIST = [
  'code,name,kind,email,telephone,from,to',
  'QHL,Board One,commissioner,one@board.example,,,2027-03-31',
  'QOLD,Board Gone,commissioner,gone@board.example,,,2026-03-31',
  'A81001,Surgery One,referrer,a81001@referrer.example,,,',
].join('\n');

const practiceRow = (code: string, commissioner: string) =>
  `"${code}","SURGERY ${code}","Y63","Q74","","","","","","","19740401","","A","B","${commissioner}","","","01632 960001","","","","0","","","","4",""`;

eachDatabase('the table of commissioners', (database) => {
  let office: ImportOffice;
  beforeEach(async () => {
    office = await openImportOffice(await database.open());
    await office.import(LIST);
    const rows = [
      practiceRow('A81001', '15E'),
      practiceRow('A81002', '15E'),
      practiceRow('A81003', '15F'),
      practiceRow('A81004', '15G'),
    ];
    await office.import(rows.join('\r\n'));
  });
  const lead = () => office.as('communications-lead');
  const recipients = async () => (await lead().done('recipients')) as unknown as RecipientsFacts;

  it('20: practices whose commissioner of today is listed are told; what is unmapped, or maps to one that is gone, is said', async () => {
    expect(await lead().done('mapping')).toMatchObject({ lines: 0, codes: 3, unmapped: { codes: 3, practices: 4 } });
    expect(await recipients()).toMatchObject({ commissioners: 1, referrers: 1, unreachable: 0 });
    const file = await office.upload(
      [
        'code,commissioner,from,to,source',
        '15E,QHL,2026-04-01,,change notice of March 2026',
        '15F,QOLD,,,change notice of 2023',
        '15G,,,,no commissioner here',
        '15G,QHL,,,',
        '15G,QHL,2026-04-01,2026-03-01,dates the wrong way round',
      ].join('\n'),
      'commissioners-today.csv',
    );
    const outcome = await lead().type(`mapping ${file}`);
    if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    expect(outcome.answer.facts as MappingFacts).toMatchObject({
      kept: 2,
      wrong: 3,
      listed: { codes: 1, practices: 2 },
      notListed: { codes: 1, practices: 1 },
      unmapped: { codes: 1, practices: 1, first: [{ code: '15G', practices: 1 }] },
    });
    expect(outcome.answer.files?.map((one) => one.name)).toEqual(['what-to-correct.csv', 'codes-today.csv']);
    expect(await recipients()).toMatchObject({ commissioners: 1, referrers: 1, unreachable: 1 });
    expect(await lead().done('recipients A81002')).toMatchObject({
      asked: [{ why: 'practice of commissioner 15E, today QHL', problem: 'no email address' }],
    });
  });

  it('20: one line can be typed, with its source; from its day on it takes the place of the one before', async () => {
    const form = await lead().type('mapping code=15E commissioner=QOLD');
    expect(form.kind).toBe('form');
    await lead().done('mapping code=15e commissioner=QOLD source="change notice of 2023"');
    expect(await lead().done('mapping')).toMatchObject({ listed: { codes: 0 }, notListed: { codes: 1 } });
    await lead().done('mapping code=15E commissioner=QHL from=2026-04-01 source="change notice of 2026"');
    expect(await lead().done('mapping')).toMatchObject({ lines: 2, listed: { codes: 1, practices: 2 } });
    await lead().done('mapping code=QHL commissioner=QZZ from=2026-11-01 source="merger of November"');
    expect(await lead().done('mapping')).toMatchObject({ listed: { codes: 0 }, notListed: { codes: 1 } });
  });

  it('29: a table of which nothing can be used changes nothing; an observer changes none', async () => {
    await lead().done('mapping code=15E commissioner=QHL source="change notice of 2026"');
    const file = await office.upload('code,commissioner,source\n15E,,x\n');
    expect(await lead().refused(`mapping ${file}`)).toBe('nothing-usable');
    expect(await lead().done('mapping')).toMatchObject({ lines: 1 });
    expect(await office.as('observer').refused('mapping')).toBe('role');
  });

  it('20: leaving out a commissioner needs a reason and who is told instead; it is an input of the plan', async () => {
    expect((await lead().type('recipients without=QHL')).kind).toBe('form');
    const asked = await lead().type('recipients without=QHL reason="their mailbox is retired"');
    expect(asked.kind).toBe('form');
    expect(await lead().refused('recipients without=QHL reason="their mailbox is retired" instead=nobody')).toBe(
      'bad-address',
    );
    await lead().done('recipients without=QHL reason="their mailbox is retired" instead=desk@board.example');
    expect(await lead().done('recipients QHL')).toMatchObject({
      asked: [{ email: 'desk@board.example', why: expect.stringContaining('their mailbox is retired') }],
      leftOut: [{ code: 'QHL' }],
    });
    await lead().done('recipients without=a81001 reason="closed since September"');
    expect(await recipients()).toMatchObject({ commissioners: 1, referrers: 0 });
    expect(await lead().refused('recipients without=ZZ1 reason="nobody knows"')).toBe('not-in');
    expect(await office.as('planner').refused('recipients with=A81001')).toBe('role');
    await lead().done('recipients with=A81001');
    expect(await lead().refused('recipients with=A81001')).toBe('not-left-out');
    expect(await recipients()).toMatchObject({ referrers: 1, leftOut: [{ code: 'QHL' }] });
  });

  it('20: odd addresses are pointed out before anybody is mailed', async () => {
    await office.import(
      'code,name,kind,email\nA9,Surgery Nine,referrer,noreply@a9.example\nA8,Eight,referrer,test@a8.example\n',
    );
    const facts = await recipients();
    expect(facts.doubts.map((one) => one.code)).toEqual(['A9', 'A8']);
    const outcome = await lead().type('recipients');
    if (outcome.kind !== 'answer') throw new Error('it was not answered');
    expect(outcome.answer.files?.[0]?.text).toContain('looks like a test address');
  });
});
