import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NOTICE_KINDS } from '../../src/domain/notice.ts';
import { noticesIndex, picture, sampleMail } from '../pictures/notices.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');

it('20: docs/notice-kinds.md shows every kind as it is sent (npm run notice-pictures)', () => {
  expect(readFileSync(join(DOCS, 'notice-kinds.md'), 'utf8')).toBe(noticesIndex());
  const missing = [...NOTICE_KINDS, 'welsh' as const]
    .flatMap((kind) => [picture(kind, 'light'), picture(kind, 'dark')])
    .filter((path) => !existsSync(join(DOCS, path)));
  expect(missing).toEqual([]);
});

it.each(NOTICE_KINDS)(
  '20: in 10 seconds the %s notice says who, when or since when, and what to do with a suspected cancer',
  (kind) => {
    const { subject, text } = sampleMail(kind);
    const opening = text.slice(0, text.indexOf('\n\nWhat') + 1 || 900);
    expect(subject).toContain('Rehearsal Hospitals NHS Trust');
    expect(opening).toContain('Rehearsal Hospitals NHS Trust');
    expect(opening).toMatch(/Tuesday 8 December 2026/);
    expect(opening).toContain('Urgent suspected cancer referrals');
    expect(opening).toContain('01632 960 100');
    expect(opening.length).toBeLessThan(1_200);
  },
);
