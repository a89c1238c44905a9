import { describe, expect, it } from 'vitest';
import { NOTICE_KINDS } from '../../src/domain/notice.ts';
import { fixedTimes } from '../../src/domain/notice-fixed-times.ts';
import type { WordingEntry } from '../../src/domain/notice-wording.ts';

const nextUpdate = (text: string, kind: WordingEntry['kind'] = 'all'): WordingEntry => ({
  kind,
  field: 'nextUpdate',
  text,
});

describe('21: a time that was written before the outage changed', () => {
  it.each([
    ['By 11:30pm on the day', ['11:30pm']],
    ['by 9am, or at 3 p.m. at the latest', ['9am', '3 p.m.']],
    ['at 23:30 on 8 December 2026', ['23:30', '8 December']],
    ['on the 9th of Dec, by noon', ['9th of Dec', 'noon']],
    ['2026-12-08 or 8/12/26', ['2026-12-08', '8/12/26']],
    ['11:30pm, then 11:30pm again', ['11:30pm']],
  ])('%s', (text, said) => {
    expect(fixedTimes('extended', [nextUpdate(text)])).toEqual([
      { field: 'nextUpdate', label: 'When the next update comes', said, kinds: ['extended'] },
    ]);
  });

  it.each([
    'When booking is open again, or {outage_end} if it takes longer',
    'Within 2 working days',
    'Telephone 01632 960 100, day and night',
    'We will contact 12 practices; 24 hours a day',
    'See page 3 of the plan, version 2.10',
  ])('nothing to ask about: %s', (text) => {
    expect(fixedTimes('extended', [nextUpdate(text)])).toEqual([]);
  });

  it('is asked about only where the outage has another time, and not where the text is that kind of notice alone', () => {
    const entries = [nextUpdate('By 11pm'), nextUpdate('By 4am', 'extended')];
    expect(fixedTimes('extended', entries)).toEqual([]);
    expect(fixedTimes('moved', entries).map((one) => one.said)).toEqual([['11pm']]);
    expect(fixedTimes('all', entries).map((one) => one.kinds)).toEqual([['moved']]);
    for (const kind of NOTICE_KINDS.filter((one) => one !== 'extended' && one !== 'moved')) {
      expect(fixedTimes(kind, [nextUpdate('By 11pm')])).toEqual([]);
    }
  });
});
