import { z } from 'zod';
import { KIND_RULES, NOTICE_KINDS, type NoticeKind } from '../../src/domain/notice.ts';
import type { Plan } from '../../src/domain/plan.ts';

const OPTIONS = NOTICE_KINDS.map((kind) => ({ value: kind, label: KIND_RULES[kind].words }));

export const kindField = z
  .string()
  .transform((word) => word.toLowerCase())
  .pipe(z.enum(NOTICE_KINDS, `Choose one of: ${NOTICE_KINDS.join(', ')}.`))
  .meta({ label: 'Kind of notice', field: 'choice', options: OPTIONS, word: NOTICE_KINDS.join('|') });

export const planField = z.coerce
  .number()
  .int()
  .min(1)
  .optional()
  .meta({ label: 'Plan number', field: 'number', hint: 'Only where several plans are open' });

export const noticeField = z.coerce
  .number()
  .int()
  .min(1)
  .optional()
  .meta({ label: 'Number of the notice', field: 'number', word: '\\d{1,9}' });

/** What a button about this notice carries: where several plans are open, the next step is about the same one. */
export function aboutOf(kind: NoticeKind, plan: Pick<Plan, 'number'> | null): Readonly<Record<string, string>> {
  return plan === null ? { kind } : { kind, plan: String(plan.number) };
}

/** Where a notice can be read, and sent from, outside the chat. */
export function noticePreviewPage(migrationId: number, kind: NoticeKind, plan: Pick<Plan, 'number'> | null) {
  const path = `/pages/${migrationId}/notices/${kind}${plan === null ? '' : `/${plan.number}`}`;
  return { label: 'Read it, with its numbers, as a page', path };
}
