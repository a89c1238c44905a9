import type { PlanFacts, SiteFacts } from '../../src/domain/plan-answers.ts';
import type { ServiceRefusal, ServiceWarning } from '../../src/domain/plan-warning.ts';
import { clockInWords, counted, dayInWords, inWords, spanInWords } from '../../src/kernel/time-words.ts';

export const WARNING_WORDS = {
  unpublished: 'not published: they move too, since later they would come back on the old system',
  'already-on-target': 'on the new system already',
  'other-system-than-siblings': 'on another old system than the others at their site',
  'not-an-old-system': 'on a system that is not one of the old ones of this migration',
  'sibling-left-out': 'at the same sites left out: they stay on the old system',
  'slot-reservation': 'keep new slots back for a day or more (slot reservation): they look empty to referrers at first',
  'transition-near-go-live': 'have a service transition within a week of go-live',
  'ends-before-go-live': 'end before go-live',
  'no-polling-range': 'have no polling range: no slots would be asked for',
} as const satisfies Record<ServiceWarning, string>;

export const REFUSAL_WORDS = {
  'not-directly-bookable': 'not directly bookable: the bulk update cannot change them',
  'system-unknown': 'with an unknown old system: they could not be undone',
  held: 'in another open plan',
} as const satisfies Record<ServiceRefusal, string>;

/** "needs 1 more approval", "approved", "draft". */
export function stateInWords(facts: PlanFacts): string {
  const missing = facts.needed.reduce((sum, { count }) => sum + count, 0);
  if (missing === 0) return facts.stateWords;
  return `needs ${counted(missing, 'more approval')}`;
}

export function planName(facts: { kind: 'plan' | 'practice'; number: number }): string {
  return facts.kind === 'practice' ? `Practice plan ${facts.number}` : `Plan ${facts.number}`;
}

/** "City Hospital 131 · General Hospital 74 · Park Hospital 43". */
export function sitesInWords(sites: readonly SiteFacts[]): string {
  const shown = sites.slice(0, SITES_SHOWN).map(({ name, count }) => `${name} ${count.toLocaleString('en-GB')}`);
  const left = sites.slice(SITES_SHOWN).reduce((sum, { count }) => sum + count, 0);
  return [...shown, ...(left > 0 ? [`${counted(sites.length - SITES_SHOWN, 'more site')} ${left}`] : [])].join(' · ');
}

export function windowInWords({ windows, zone }: PlanFacts): string {
  const [first, ...reserves] = windows;
  if (!first) return 'not reserved yet';
  const more = reserves.length > 0 ? ` (+ ${reserves.length} reserve)` : '';
  return `${spanInWords(first.from, first.to, zone)}${more}`;
}

export function noticeInWords({ notice, shortLead, zone }: PlanFacts): string {
  const lead = shortLead ? `; shorter lead, because: ${shortLead}` : '';
  if (!notice) return `planned notice: not scheduled yet${lead}`;
  const when = `${notice.sent ? 'sent' : 'goes'} ${inWords(notice.dueAt, zone)}`;
  return `planned: ${counted(notice.commissioners, 'commissioner')}, ${counted(notice.referrers, 'practice')}, ${when}${lead}`;
}

/** "✔ approver (7:02pm)  … clinical safety officer"; the day is said when the vote is of another day than the last act. */
export function votesInWords({ votes, zone, last }: PlanFacts): string {
  const today = last ? dayOf(last.at, zone) : null;
  return votes
    .map(({ words, at }) => {
      if (at === null) return `… ${words}`;
      return `✔ ${words} (${dayOf(at, zone) === today ? clockInWords(at, zone) : inWords(at, zone)})`;
    })
    .join('  ');
}

const SITES_SHOWN = 6;

function dayOf(at: string, zone: string): string {
  return dayInWords(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate());
}
