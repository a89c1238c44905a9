import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPatientData } from '../../src/domain/patient-data.ts';
import { CELL_READERS, shown } from '../../src/readers/cell.ts';

const { flag, date, asid, count, ods, text, endpoint, 'service-id': serviceId } = CELL_READERS;

describe('cells of an extract', () => {
  it.each(['1', 'Y', 'y', 'Yes', 'TRUE', ' true '])('reads %j as yes', (word) => expect(flag(word)).toBe(true));
  it.each(['0', 'N', 'no', 'False'])('reads %j as no', (word) => expect(flag(word)).toBe(false));
  it('takes no other word for a flag, and a blank for unknown', () => {
    expect(flag('perhaps')).toMatchObject({ flaw: 'flag' });
    expect(flag(' ')).toBeNull();
  });

  it.each(['20261031', '20261031235959', '2026-10-31', '2026-10-31T10:00:00Z', '2026-10-31 10:00'])(
    'reads %j as a day',
    (word) => expect(date(word)).toBe('2026-10-31'),
  );
  it.each(['20261131', '20260229', '31/10/2026', '2026-10', '20261031250000', '0'])('takes %j for no date', (word) =>
    expect(date(word)).toMatchObject({ flaw: 'date' }),
  );
  it('2: absurd years are a warning and are kept', () => {
    expect(date('29220101')).toEqual({ flaw: 'odd-year', value: '2922-01-01' });
    expect(date('92020101')).toEqual({ flaw: 'odd-year', value: '9202-01-01' });
    expect(date('21001231')).toBe('2100-12-31');
  });

  it('keeps the leading zero of an ASID and refuses one that lost it', () => {
    expect(asid('010057927542')).toBe('010057927542');
    expect(asid('10057927542')).toMatchObject({ flaw: 'asid' });
  });

  it('reads whole numbers only', () => {
    expect(count('56')).toBe(56);
    expect(count('5.6')).toMatchObject({ flaw: 'count' });
  });

  it('reads ODS codes in capitals', () => {
    expect(ods('xr101')).toBe('XR101');
    expect(ods('XR 101')).toMatchObject({ flaw: 'ods-code' });
  });

  it('takes off the apostrophe that our own files put before a formula', () => {
    expect(text("'+44 1632 960100")).toBe('+44 1632 960100');
    expect(text("'quoted'")).toBe("'quoted'");
  });

  it('28: a UBRN is refused in every column but the two that hold an ASID', () => {
    expect(serviceId('000049613842')).toMatchObject({ flaw: 'patient-data' });
    expect(text('Referral 000049613842')).toMatchObject({ flaw: 'patient-data' });
    expect(endpoint('000049613842')).toBe('000049613842');
  });

  it('28: the quick look at a text never misses what the detector finds', () => {
    const piece = fc.constantFrom(
      ...[
        'NHS number ',
        '999 123 4567',
        '9434765919',
        '0',
        '01632 960100',
        '+44 1632 960100',
        'UBRN: ',
        '1234 5678 9012',
      ],
      ...[
        'DOB ',
        'D.O.B. ',
        '1/2/1950',
        'date of birth ',
        'patient name: x',
        'Hospital no. ',
        '12345',
        ' ',
        'é',
        '-',
        'clinic',
        '7',
        '\u200b',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const value = pieces.join('').trim();
        const found = findPatientData(value) !== null;
        expect(text(value)).toEqual(
          found ? { flaw: 'patient-data', value: null } : value === '' ? null : expect.anything(),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('28: a flaw does not show a patient’s value', () => {
    expect(shown('NHS number 999 123 4567')).toBeNull();
    expect(shown('perhaps')).toBe('perhaps');
    expect(shown('x'.repeat(200))?.length).toBe(80);
  });
});
