import { describe, expect, it } from 'vitest';
import { DEFAULT_HOURS, rangesInWords, readHoursPolicy } from '../../src/domain/hours-policy.ts';

const good = { zone: 'Europe/London', closed: [{ days: ['monday'], from: '08:00', to: '18:30' }], amber: [] };

describe('11: a policy from outside', () => {
  it('is read as it stands', () => {
    expect(readHoursPolicy(good, 'a file')).toEqual({ source: 'a file', ...good });
    expect(readHoursPolicy(JSON.parse(JSON.stringify(DEFAULT_HOURS)), 'a file')).toEqual(DEFAULT_HOURS);
  });

  it.each([
    ['a misspelt key', { ...good, close: [] }, '"close" is not part of a policy'],
    ['no closed hours at all', { zone: 'Europe/London', amber: [] }, 'closed must be a list'],
    ['no zone', { closed: [], amber: [] }, 'zone is missing'],
    ['an unknown day', { ...good, amber: [{ days: ['funday'], from: '08:00', to: '09:00' }] }, '"funday" is not a day'],
    [
      'a time that is none',
      { ...good, amber: [{ days: ['monday'], from: '8am', to: '09:00' }] },
      '"8am" is not a time',
    ],
    ['a range of no length', { ...good, amber: [{ days: ['monday'], from: '08:00', to: '08:00' }] }, 'has no length'],
    ['no days', { ...good, amber: [{ days: [], from: '08:00', to: '09:00' }] }, 'needs days, from and to'],
    ['not an object', [], 'must be an object'],
  ])('%s is refused, and the fault named', (_what, value, fault) => {
    expect(() => readHoursPolicy(value, 'a file')).toThrow(fault);
  });

  it('is shown in words', () => {
    expect(rangesInWords(DEFAULT_HOURS.closed)).toBe('Monday to Friday 8am to 6:30pm');
    expect(rangesInWords(DEFAULT_HOURS.amber)).toBe(
      'Monday to Friday 6:30pm to 8pm, Saturday, Sunday and bank holidays 8am to 4pm',
    );
    expect(rangesInWords([{ days: ['friday'], from: '22:00', to: '06:00' }])).toBe('Friday 10pm to 6am the next day');
  });
});
