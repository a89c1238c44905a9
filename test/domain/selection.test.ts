import { describe, expect, it } from 'vitest';
import { EMPTY_SELECTION, parseSelection, refuseUnknownValues, select } from '../../src/domain/selection.ts';
import { selectionInWords } from '../../src/domain/selection-words.ts';
import { service } from './plan-service.ts';

const services = [
  service('7000001', { name: 'Cardiology (new)', locationOrg: 'RXX01', specialty: '320' }),
  service('7000002', { name: 'Cardiology follow-up', locationOrg: 'RXX02', specialty: '320', twoWeekWait: true }),
  service('7000003', { name: 'Orthopaedics', locationOrg: 'RXX01', specialty: '110', currentAsid: '200000000999' }),
  service('7000004', { name: 'Audiology', locationOrg: 'RXX03', specialty: null, providerOrg: 'RYY' }),
];
const chosen = (typed: Parameters<typeof parseSelection>[0]) =>
  select(services, parseSelection(typed)).map(({ serviceId }) => serviceId);

describe('4: a selection', () => {
  it.each([
    ['nothing', {}, []],
    ['a site', { sites: 'rxx01' }, ['7000001', '7000003']],
    ['two sites', { sites: 'RXX01, RXX02' }, ['7000001', '7000002', '7000003']],
    ['a site and a specialty', { sites: 'RXX01', specialties: '320' }, ['7000001']],
    ['an organisation', { organisations: 'RYY' }, ['7000004']],
    ['part of a name', { names: 'cardio' }, ['7000001', '7000002']],
    ['a pattern', { names: 'cardiology*up' }, ['7000002']],
    ['a name with a bracket', { names: '(new' }, ['7000001']],
    ['a provider system', { systems: '200000000999' }, ['7000003']],
    ['a priority', { priorities: 'suspected-cancer' }, ['7000002']],
    ['a priority by an older name', { priorities: '2WW' }, ['7000002']],
    ['a priority at a site', { sites: 'RXX01', priorities: 'two week wait' }, []],
    ['single ids', { ids: '7000004 7000001' }, ['7000001', '7000004']],
    ['a site and an id elsewhere', { sites: 'RXX02', ids: '7000004' }, ['7000002', '7000004']],
    ['a site without one service', { sites: 'RXX01', except: '7000003' }, ['7000001']],
    ['an organisation without a site', { organisations: 'RXX', except: 'rxx02' }, ['7000001', '7000003']],
  ])('4: takes %s', (_what, typed, ids) => {
    expect(chosen(typed)).toEqual(ids);
  });

  it('4: a value that cannot be read is refused at its field', () => {
    expect(() => parseSelection({ ids: '7000001, seven' })).toThrow(
      expect.objectContaining({ code: 'selection-unreadable', fields: { ids: expect.stringContaining('"seven"') } }),
    );
  });

  it('4: a priority that nobody knows is refused at its field', () => {
    expect(() => parseSelection({ priorities: 'soon' })).toThrow(
      expect.objectContaining({
        code: 'selection-unreadable',
        fields: { priority: expect.stringContaining('"soon"') },
      }),
    );
  });

  it.each([
    ['site', { sites: 'RXX09' }],
    ['organisation', { organisations: 'RZZ' }],
    ['specialty', { specialties: '999' }],
    ['from', { systems: '200000000111' }],
    ['except', { sites: 'RXX01', except: '7999999' }],
    ['ids', { ids: '7999999' }],
    ['name', { names: 'neurology' }],
  ])('4: a value that names nothing is refused at its field: %s', (field, typed) => {
    expect(() => refuseUnknownValues(services, parseSelection(typed), 3)).toThrow(
      expect.objectContaining({
        code: 'selection-names-nothing',
        fields: { [field]: expect.stringContaining('import 3') },
      }),
    );
  });
});

it('4: a priority that no service has is refused at its field', () => {
  const routine = services.filter(({ twoWeekWait }) => twoWeekWait !== true);
  expect(() => refuseUnknownValues(routine, parseSelection({ priorities: 'suspected-cancer' }), 3)).toThrow(
    expect.objectContaining({ fields: { priority: expect.stringContaining('import 3') } }),
  );
});

describe('4: a selection in words', () => {
  const nameOf = (code: string) => ({ RXX01: 'City Hospital', RXX02: 'General Hospital' })[code] ?? code;
  it.each([
    [{ sites: ['RXX01'], except: ['7012345'] }, 131, 'all 131 services at City Hospital except 7012345'],
    [{ sites: ['RXX01', 'RXX02'] }, 205, 'all 205 services at City Hospital and General Hospital'],
    [
      { sites: ['RXX01'], priorities: ['suspected-cancer'] },
      4,
      'all 4 services at City Hospital that take urgent suspected cancer referrals',
    ],
    [{ ids: ['7000001'] }, 1, 'service 7000001'],
    [{ ids: ['7000001', '7000002'] }, 2, '2 services: 7000001 and 7000002'],
  ])('%j', (part, count, words) => {
    expect(selectionInWords({ ...EMPTY_SELECTION, ...part }, count, nameOf)).toBe(words);
  });
});
