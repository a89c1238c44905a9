import type { NoticeFacts, NoticeKind } from '../../src/domain/notice.ts';
import { counted } from '../../src/kernel/time-words.ts';
import type { NoticeDocument } from './document.ts';
import * as part from './parts.ts';
import { fromTo, onDay, shortSpan, spanWithZone } from './times.ts';

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
    title: `You will not be able to book with ${facts.provider.name} in e-RS`,
    lead: `${changing(facts)} ${duringWords(facts)} ${CANNOT}`,
  }),
  reminder: (facts) => ({
    title: `A reminder: you will not be able to book with ${facts.provider.name} in e-RS`,
    lead: `${changing(facts)} ${duringWords(facts)} ${CANNOT}`,
  }),
  started: (facts) => ({
    title: `You cannot book with ${facts.provider.name} in e-RS now`,
    lead: `The planned outage has started. ${changing(facts)} Until it ends, ${CANNOT}${endWords(facts)}`,
  }),
  extended: (facts) => ({
    title: `You still cannot book with ${facts.provider.name} in e-RS: it takes longer than planned`,
    lead: `The change of our patient administration system (PAS) takes longer than planned. For now, ${CANNOT}${endWords(facts)}`,
  }),
  moved: (facts) => ({
    title: `The e-RS booking outage at ${facts.provider.name} has moved`,
    lead: `The change of our patient administration system (PAS) has a new time. ${duringWords(facts)} ${CANNOT}`,
  }),
};

const CANNOT = 'the NHS e-Referral Service (e-RS) cannot book, change or cancel appointments at the services below.';

function changing({ provider }: NoticeFacts): string {
  return `${provider.name} is changing its patient administration system (PAS).`;
}

/** "On Tuesday 8 December 2026, from 5pm to 11pm," or both days where it goes over midnight. */
function duringWords({ outage, zone }: NoticeFacts): string {
  return outage === null ? 'During the outage,' : `${fromTo(outage, zone)},`;
}

function endWords({ outage, zone }: NoticeFacts): string {
  return outage === null ? '' : ` We expect booking to be open again at ${onDay(outage.to, zone)}.`;
}
