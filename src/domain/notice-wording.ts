import { counted, endAsSaid, inWords, spanInWords } from '../kernel/time-words.ts';
import type { NoticeFacts, NoticeKind } from './notice.ts';

/**
 * The parts of a notice that people write for their migration (rule 20). `standard` is used until they do; a field
 * without one is missing until somebody wrote it, and nobody is mailed before (the product does not invent a cancer route).
 */
export interface WordingField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly standard: string | null;
}

export const WORDING_FIELDS = [
  field(
    'cancer',
    'Urgent suspected cancer referrals',
    'What a referrer does during the outage, with the telephone number',
  ),
  field('contactPhone', 'Telephone on the day', 'The number that is answered during the outage'),
  field('contactEmail', 'Email on the day', 'A shared address, not a person'),
  field('contactHours', 'Hours of this contact', 'For example: day and night on the days of the change'),
  field(
    'patientContact',
    'Who contacts patients whose booking failed, and by when',
    'Bookings tried during the outage become appointment slot issues',
  ),
  field('continuity', 'Local business continuity plan', 'What the provider does to keep care going during the outage'),
  field(
    'nextUpdate',
    'When the next update comes',
    'For example: when booking is open again, or {outage_end} if it takes longer',
  ),
  field(
    'urgent',
    'Urgent referrals',
    'What a referrer does',
    'Refer in e-RS as usual. If no appointment is offered, choose to defer to the provider, so that the referral reaches us.',
  ),
  field(
    'routine',
    'Routine referrals',
    'What a referrer does',
    'Refer in e-RS as usual and let the patient book after the outage.',
  ),
  field(
    'works',
    'What still works',
    'One point a line',
    'Creating and sending referrals in e-RS\nAppointments that are already booked',
  ),
  field(
    'stops',
    'What does not work',
    'One point a line',
    'Booking, changing and cancelling appointments at these services in e-RS',
  ),
  field('update', 'The update', 'What is new, in the words of the team'),
] as const satisfies readonly WordingField[];

export type WordingName = (typeof WORDING_FIELDS)[number]['name'];

/** What people wrote: for every kind of notice, or for one, which wins. */
export interface WordingEntry {
  readonly kind: NoticeKind | 'all';
  readonly field: WordingName;
  readonly text: string;
}

export interface WordingFault {
  readonly field: WordingName;
  readonly label: string;
  /** What is wrong with it, as a sentence. */
  readonly problem: string;
}

/** The values that `{name}` stands for in a text that people write. */
export const VARIABLES = ['provider', 'outage', 'outage_start', 'outage_end', 'services', 'phone', 'email'] as const;
export type Variable = (typeof VARIABLES)[number];

/** The fields that a kind of notice uses. */
export function fieldsOf(kind: NoticeKind): readonly WordingName[] {
  const contact = ['contactPhone', 'contactEmail', 'contactHours'] as const;
  if (kind === 'update') return ['update', ...contact];
  if (kind === 'completed' || kind === 'rolled-back') return ['patientContact', ...contact];
  if (kind === 'cancelled') return contact;
  return ['cancer', 'urgent', 'routine', 'works', 'stops', 'patientContact', 'continuity', 'nextUpdate', ...contact];
}

/**
 * The texts of one notice with their variables filled in, and everything that stands in the way of sending it: a missing
 * text, an unknown variable, an empty value. Never throws: all faults are told at once.
 */
export function wordingOf(
  kind: NoticeKind,
  entries: readonly WordingEntry[],
  values: Readonly<Record<Variable, string>>,
): { readonly texts: Readonly<Record<string, string>>; readonly faults: readonly WordingFault[] } {
  const texts: Record<string, string> = {};
  const faults: WordingFault[] = [];
  for (const name of fieldsOf(kind)) {
    const { label, standard } = wordingField(name);
    const written = textFor(kind, name, entries) ?? standard;
    if (written === null || written.trim() === '') {
      faults.push({ field: name, label, problem: `${label}: nothing is written yet.` });
      continue;
    }
    const filled = fill(written, values);
    for (const unknown of filled.unknown) faults.push({ field: name, label, problem: `${label}: ${unknown}` });
    texts[name] = filled.text;
  }
  return { texts, faults };
}

export function wordingField(name: WordingName): WordingField {
  const found = WORDING_FIELDS.find((one) => one.name === name);
  if (!found) throw new TypeError(`There is no wording field ${name}.`);
  return found;
}

/** What `{provider}` and its like stand for, in words and in the migration's zone. */
export function variablesOf(
  facts: Pick<NoticeFacts, 'provider' | 'outage' | 'zone' | 'services'>,
  entries: readonly WordingEntry[],
  kind: NoticeKind,
): Record<Variable, string> {
  const { outage, zone } = facts;
  return {
    provider: facts.provider.name,
    outage: outage ? spanInWords(outage.from, endAsSaid(outage.to, zone), zone) : '',
    outage_start: outage ? inWords(outage.from, zone) : '',
    outage_end: outage ? inWords(endAsSaid(outage.to, zone), zone) : '',
    services: counted(facts.services.count, 'service'),
    phone: textFor(kind, 'contactPhone', entries) ?? '',
    email: textFor(kind, 'contactEmail', entries) ?? '',
  };
}

/** What stands in a field of a kind of notice: its own text, else the one for all kinds; null where nobody wrote one. */
export function textFor(kind: NoticeKind, name: WordingName, entries: readonly WordingEntry[]): string | null {
  const own = entries.find((entry) => entry.field === name && entry.kind === kind);
  return (own ?? entries.find((entry) => entry.field === name && entry.kind === 'all'))?.text ?? null;
}

/** The text that a kind of notice says in a field, the standard one included, with a key of its own; null: nobody wrote one. */
export function sourceOf(
  kind: NoticeKind,
  name: WordingName,
  entries: readonly WordingEntry[],
): { readonly key: string; readonly text: string } | null {
  const own = entries.some((entry) => entry.field === name && entry.kind === kind);
  const text = textFor(kind, name, entries) ?? wordingField(name).standard;
  return text === null || text.trim() === '' ? null : { key: `team/${own ? kind : 'all'}/${name}`, text };
}

/** The same replacing for a text that was checked when it was written. */
export function filledText(text: string, values: Readonly<Record<Variable, string>>): string {
  return fill(text, values).text;
}

/** No expressions, no code: only names in braces are replaced, once. */
function fill(text: string, values: Readonly<Record<Variable, string>>): { text: string; unknown: string[] } {
  const unknown: string[] = [];
  const filled = text.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const key = name.trim().toLowerCase();
    if (!isVariable(key)) {
      unknown.push(`{${key.slice(0, 30)}} is not known. Use ${VARIABLES.map((one) => `{${one}}`).join(', ')}.`);
      return whole;
    }
    if (values[key] === '') unknown.push(`{${key}} has no value yet.`);
    return values[key];
  });
  return { text: filled.trim(), unknown };
}

function isVariable(word: string): word is Variable {
  return (VARIABLES as readonly string[]).includes(word);
}

function field<const N extends string>(name: N, label: string, hint: string, standard: string | null = null) {
  return { name, label, hint, standard };
}
