import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceCounts, audienceOf, EVERYBODY } from '../../src/domain/audience.ts';
import { addressDoubt, addressFault, addressKey } from '../../src/domain/recipient.ts';
import { commissioner, practice } from '../support/notices-office.ts';

const DAY = '2026-12-01';

describe('who is told', () => {
  it('20: commissioners in effect on the day, and the referrers of the lists; each with why', () => {
    const audience = audienceOf(
      EVERYBODY,
      [
        commissioner('OLD', { to: '2026-03-31' }),
        commissioner('NEW', { from: '2026-04-01' }),
        commissioner('LATER', { from: '2027-04-01' }),
        practice('A1'),
      ],
      [],
      DAY,
    );
    expect(audience.members.map((one) => [one.code, one.why])).toEqual([
      ['NEW', 'commissioner, list commissioners.csv'],
      ['A1', 'list referrers.csv'],
    ]);
    expect(audience.notInEffect).toBe(2);
  });

  it('20: a narrower audience leaves out lists of referrers, never commissioners', () => {
    const rule = { ...EVERYBODY, lists: ['dentists.csv'] };
    const rows = [commissioner('QA'), practice('A1'), practice('D1', { list: 'dentists.csv' })];
    expect(audienceOf(rule, rows, [], DAY).members.map((one) => one.code)).toEqual(['QA', 'D1']);
  });

  it('20: practices of chosen commissioner codes are in; who has no address anywhere is told as unreachable', () => {
    const practices = [
      { code: 'A1', name: 'One', commissioner: '15E', telephone: null },
      { code: 'A2', name: 'Two', commissioner: '15E', telephone: '01632 960 002' },
      { code: 'A3', name: 'Three', commissioner: '15F', telephone: null },
    ];
    const rule = { ...EVERYBODY, lists: [], practicesOf: ['15E'] };
    const audience = audienceOf(rule, [practice('A1'), practice('A3')], practices, DAY);
    expect(audience.members.map((one) => [one.code, one.fault, one.why])).toEqual([
      ['A1', null, 'practice of commissioner 15E, address from list referrers.csv'],
      ['A2', 'missing', 'practice of commissioner 15E'],
    ]);
    expect(audienceCounts(audience.members)).toEqual({ commissioners: 0, referrers: 1, unreachable: 1, inWelsh: 0 });
  });

  it('20: practices whose commissioner of today is on the list are in, with both codes as the reason; not in a narrower audience', () => {
    const practices = [{ code: 'A1', name: 'One', commissioner: '15E', telephone: null }];
    const rows = [commissioner('QHL'), practice('A1', { list: 'practices.csv' })];
    const mapped = new Map([['15E', 'QHL']]);
    const told = audienceOf({ ...EVERYBODY, lists: ['practices.csv'] }, rows, practices, DAY, mapped);
    expect(told.members.map((one) => one.why)).toEqual(['commissioner, list commissioners.csv', 'list practices.csv']);
    const all = audienceOf(EVERYBODY, [commissioner('QHL')], practices, DAY, mapped);
    expect(all.members.map((one) => [one.code, one.why])).toEqual([
      ['QHL', 'commissioner, list commissioners.csv'],
      ['A1', 'practice of commissioner 15E, today QHL'],
    ]);
    const narrow = audienceOf({ ...EVERYBODY, lists: [] }, [commissioner('QHL')], practices, DAY, mapped);
    expect(narrow.members.map((one) => one.code)).toEqual(['QHL']);
  });

  it('20: who is left out is not mailed, or somebody else is in their place; both are told', () => {
    const without = [
      { code: 'QA', reason: 'their mailbox is retired', instead: 'desk@board.example' },
      { code: 'A1', reason: 'closed', instead: null },
      { code: 'ZZ', reason: 'is in no list', instead: null },
    ];
    const audience = audienceOf(
      { ...EVERYBODY, without },
      [commissioner('QA'), practice('A1'), practice('A2')],
      [],
      DAY,
    );
    expect(audience.members.map((one) => [one.code, one.email])).toEqual([
      ['QA', 'desk@board.example'],
      ['A2', 'a2@referrer.example'],
    ]);
    expect(audience.members[0]?.why).toContain('another address instead: their mailbox is retired');
    expect(audience.leftOut.map((one) => one.code)).toEqual(['QA', 'A1']);
  });

  it('20: one mail an address, whatever its case: the others are told as put together, a commissioner comes first', () => {
    const audience = audienceOf(
      EVERYBODY,
      [
        practice('A1', { email: 'Shared@nhs.example' }),
        practice('A2', { email: 'shared@nhs.example' }),
        commissioner('QA', { email: 'SHARED@nhs.example' }),
      ],
      [],
      DAY,
    );
    expect(audience.members).toHaveLength(1);
    expect(audience.members[0]).toMatchObject({ code: 'QA', also: ['A1', 'A2'] });
    expect(audience.merged).toBe(2);
  });

  it('20: however the lists are mixed, no address is there twice and nobody in effect is lost', () => {
    const row = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 8 }), fc.boolean())
      .map(([code, mailbox, board]) =>
        (board ? commissioner : practice)(`C${code}`, { email: `M${mailbox}@x.example` }),
      );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const { members } = audienceOf(EVERYBODY, rows, [], DAY);
        expect(new Set(members.map((one) => one.key)).size).toBe(members.length);
        const reached = new Set(members.flatMap((one) => [one.code, ...one.also]));
        for (const one of rows) expect(reached.has(one.code)).toBe(true);
      }),
    );
  });
});

describe('an address', () => {
  it.each([
    ['a@b.example', null],
    ["o'neill+x@nhs.example", null],
    [null, 'missing'],
    ['  ', 'missing'],
    ['a@b', 'not-an-address'],
    ['a@b.example, c@d.example', 'not-an-address'],
    ['A <a@b.example>', 'not-an-address'],
    ['a@b.example\r\nBcc: x@y.example', 'not-plain'],
    ['ä@b.example', 'not-plain'],
    ['a..b@c.example', 'not-an-address'],
    ['@c.example', 'not-an-address'],
  ])('20: %s is judged', (email, fault) => {
    expect(addressFault(email)).toBe(fault);
  });

  it('20: whatever is accepted has one @, no space and no line break', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
        if (addressFault(text) !== null) return;
        expect(text.trim()).toMatch(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/);
      }),
    );
  });

  it('20: addresses that nobody reads are noticed; a missing address keeps its organisation apart', () => {
    expect(addressDoubt('noreply@x.example', true)).toBe('no-reply');
    expect(addressDoubt('Do-Not-Reply@x.nhs.uk', false)).toBe('no-reply');
    expect(addressDoubt('test1@x.nhs.uk', false)).toBe('test');
    expect(addressDoubt('postmaster@x.nhs.uk', false)).toBe('machine');
    expect(addressDoubt('reception@x.example', true)).toBeNull();
    expect(addressDoubt('reception@x.example', false)).toBe('reserved');
    expect(addressDoubt('reception@example.com', false)).toBe('reserved');
    expect(addressDoubt('testament@x.nhs.uk', false)).toBeNull();
    expect(addressKey({ code: 'A1', email: null })).not.toBe(addressKey({ code: 'A2', email: null }));
  });
});
