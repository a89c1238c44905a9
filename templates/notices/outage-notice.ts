import type { NoticeFacts, NoticeKind } from '../../src/domain/notice.ts';
import { counted } from '../../src/kernel/time-words.ts';
import type { NoticeDocument } from './document.ts';
import * as part from './parts.ts';
import { onDay, shortSpan, spanWithZone } from './times.ts';

export type OutageKind = Extract<NoticeKind, 'planned' | 'reminder' | 'started' | 'extended' | 'moved'>;

/** The notices that tell of an outage that is coming, going on, longer or moved: all that a referrer needs on the day. */
export function outageNotice(facts: NoticeFacts, kind: OutageKind): NoticeDocument {
  const span = facts.outage === null ? 'the outage' : spanWithZone(facts.outage, facts.zone);
  const { title, lead } = OPENINGS[kind](facts);
  return {
    subject: `${SUBJECTS[kind]}: ${facts.provider.name}, ${facts.outage === null ? '' : shortSpan(facts.outage, facts.zone)}`,
    preheader: `No e-RS booking at ${counted(facts.services.count, 'service')}. What to do, suspected cancer first.`,
    title,
    lead,
    facts: [
      { label: 'When', value: span },
      ...(facts.earlierOutage === null
        ? []
        : [{ label: 'Before, we said', value: spanWithZone(facts.earlierOutage, facts.zone) }]),
      { label: 'Who', value: `${facts.provider.name} (${facts.provider.code})` },
      {
        label: 'Services',
        value: `${counted(facts.services.count, 'service')} at ${counted(facts.services.sites.length, 'site')}`,
      },
    ],
    cancer: part.cancerFirst(facts),
    sections: [
      part.whatToDo(facts),
      ...part.worksAndStops(facts),
      part.failedBookings(facts),
      part.continuity(facts),
      part.servicesAffected(facts),
      part.contact(facts),
      part.nextUpdate(facts),
    ],
    reference: part.referenceLine(facts),
  };
}

const SUBJECTS: Readonly<Record<OutageKind, string>> = {
  planned: 'Planned e-RS booking outage',
  reminder: 'Reminder of an e-RS booking outage',
  started: 'e-RS booking outage has started',
  extended: 'e-RS booking outage takes longer',
  moved: 'e-RS booking outage has moved',
};

type Opening = (facts: NoticeFacts) => { readonly title: string; readonly lead: string };

const OPENINGS: Readonly<Record<OutageKind, Opening>> = {
  planned: (facts) => ({
    title: 'You will not be able to book with us in e-RS',
    lead: `${facts.provider.name} is changing its patient administration system (PAS). ${untilWords(facts)} the NHS e-Referral Service (e-RS) cannot book, change or cancel appointments at the services below.`,
  }),
  reminder: (facts) => ({
    title: 'A reminder: you will not be able to book with us in e-RS',
    lead: `${facts.provider.name} is changing its patient administration system (PAS). ${untilWords(facts)} the NHS e-Referral Service (e-RS) cannot book, change or cancel appointments at the services below.`,
  }),
  started: (facts) => ({
    title: 'You cannot book with us in e-RS now',
    lead: `The planned outage has started. ${facts.provider.name} is changing its patient administration system (PAS), and the NHS e-Referral Service (e-RS) cannot book, change or cancel appointments at the services below.${endWords(facts)}`,
  }),
  extended: (facts) => ({
    title: 'You cannot book with us in e-RS for longer than planned',
    lead: `The change of patient administration system (PAS) at ${facts.provider.name} takes longer than planned. The NHS e-Referral Service (e-RS) still cannot book, change or cancel appointments at the services below.${endWords(facts)}`,
  }),
  moved: (facts) => ({
    title: 'The time when you cannot book with us in e-RS has moved',
    lead: `${facts.provider.name} has moved the change of its patient administration system (PAS). ${untilWords(facts)} the NHS e-Referral Service (e-RS) cannot book, change or cancel appointments at the services below.`,
  }),
};

function untilWords({ outage, zone }: NoticeFacts): string {
  return outage === null ? 'During the outage' : `From ${onDay(outage.from, zone)} until ${onDay(outage.to, zone)}`;
}

function endWords({ outage, zone }: NoticeFacts): string {
  return outage === null ? '' : ` We expect booking to be open again at ${onDay(outage.to, zone)}.`;
}
