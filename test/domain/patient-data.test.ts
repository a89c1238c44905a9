import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPatientData, nhsCheckDigitHolds } from '../../src/domain/patient-data.ts';

const kindOf = (text: string, allowed?: ReadonlySet<string>) => findPatientData(text, allowed)?.kind ?? null;

describe('28: patient data is found', () => {
  it.each([
    ['9434765919', 'nhs-number'],
    ['please look at 943 476 5919', 'nhs-number'],
    ['943-476-5919', 'nhs-number'],
    ['943.476.5919', 'nhs-number'],
    ['943\u00a0476\u00a05919', 'nhs-number'],
    ['943\u2013476\u20135919', 'nhs-number'],
    ['94347 65919', 'nhs-number'],
    ['9 4 3 4 7 6 5 9 1 9', 'nhs-number'],
    ['９４３４７６５９１９', 'nhs-number'],
    ['943\u200b476\u200b5919', 'nhs-number'],
    ['ref:9434765919.', 'nhs-number'],
    ['999 123 4567', 'nhs-number'],
    ['NHS number 9991234567', 'nhs-number'],
    ['NHS No. 9991234567', 'nhs-number'],
    ['nhs no: 999123 4567', 'nhs-number'],
    ['NHS number is 0123456789', 'nhs-number'],
    ['000049654963', 'ubrn'],
    ['0000 4965 4963', 'ubrn'],
    ['UBRN 000049654963', 'ubrn'],
    ['UBRN: 0000-4965', 'ubrn'],
    ['DOB 01/02/1950', 'label'],
    ['date of birth: 1 Feb 1950', 'label'],
    ['patient id 1234567', 'label'],
    ['patient name: somebody', 'label'],
    ['hospital number: 1234567', 'label'],
    ['MRN 1234567', 'label'],
    ['NHS number 99912345', 'label'],
  ])('28: %s is %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });
});

describe('28: what people need to write passes', () => {
  it.each([
    '0117 496 0000',
    '01174960000',
    '020 7946 0000',
    '029 2018 0000',
    '07700 900123',
    '+44 20 7946 0000',
    '+44 (0)20 7946 0000',
    '+44 800 123 4567',
    '+442079460000',
    '0800 123 4567',
    '0500 123456',
    'call 0300 123 4567 from 8am to 6:30pm',
    'service 7012345 was added, 7012346 was taken off',
    'plan org=RXX site=RXX01 except=7012345',
    'K7Q-4F2',
    'T-7',
    'never send a UBRN here',
    'the NHS number has 10 digits',
    'call NHS 111',
    'booked with the test patient',
    '2026-12-08T17:00:00Z',
    'Tuesday 8 December 2026, 5pm to 11pm',
    '2026-12-08 17:00',
    '3f0b9c5e-1111-4222-8333-123456789012',
    'patients at 12 sites',
    'MILL VIEW COURT IN-PATIENT 101722',
    'City Hospital 7012345',
  ])('28: %s passes', (text) => {
    expect(kindOf(text)).toBe(null);
  });

  it('28: twelve digits pass only where they are an ASID of this migration', () => {
    const asids = new Set(['200000000220']);
    expect(kindOf('from 200000000220', asids)).toBe(null);
    expect(kindOf('from 200000001337', asids)).toBe('ubrn');
    expect(kindOf('UBRN 200000000220', asids)).toBe('ubrn');
  });
});

describe('28: properties', () => {
  const nhsNumber = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 99_999_999 }))
    .map(([first, rest]) => `${first}${String(rest).padStart(8, '0')}`)
    .map((nine) => [...'0123456789'].map((last) => nine + last).find(nhsCheckDigitHolds))
    .filter((digits) => digits !== undefined);

  it('28: every valid NHS number is found in every usual shape, inside a sentence', () => {
    fc.assert(
      fc.property(nhsNumber, fc.constantFrom(' ', '-', '.'), fc.boolean(), (digits, gap, spaced) => {
        const written = spaced ? [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)].join(gap) : digits;
        expect(kindOf(`the one we tried was ${written}, please look`)).toBe('nhs-number');
      }),
    );
  });

  it('28: every United Kingdom telephone number passes in its usual shapes', () => {
    const phone = fc.integer({ min: 100_000_000, max: 999_999_999 }).map((rest) => `0${rest % 9 === 0 ? 2 : 1}${rest}`);
    fc.assert(
      fc.property(phone, fc.constantFrom([5, 11], [3, 7], [4, 7]), (digits, [first = 5, second = 11]) => {
        const parts = [digits.slice(0, first), digits.slice(first, second), digits.slice(second)].filter(Boolean);
        expect(kindOf(`call ${parts.join(' ')} today`)).toBe(null);
        expect(kindOf(`call ${digits} today`)).toBe(null);
        expect(kindOf(`call +44 ${digits.slice(1)} today`)).toBe(null);
      }),
    );
  });
});
