import type { NoticeFacts, NoticeKind } from '../../src/domain/notice.ts';
import { counted } from '../../src/kernel/time-words.ts';
import type { NoticeDocument } from './document.ts';
import { section, text, written } from './document.ts';
import * as part from './parts.ts';
import { spanWithZone, timeWithZone } from './times.ts';

export type ClosingKind = Extract<NoticeKind, 'completed' | 'rolled-back' | 'cancelled' | 'update'>;

/** The notices after which people can book as before, or learn something new: short, with what to do first. */
export function closingNotice(facts: NoticeFacts, kind: ClosingKind): NoticeDocument {
  return { ...WORDS[kind](facts), reference: part.referenceLine(facts) };
}

type Words = (facts: NoticeFacts) => Omit<NoticeDocument, 'reference'>;

const WORDS: Readonly<Record<ClosingKind, Words>> = {
  completed: (facts) => ({
    subject: `e-RS booking is open again: ${facts.provider.name}`,
    preheader: `You can book with us as usual. ${counted(facts.services.count, 'service')} checked and open.`,
    title: `You can book with ${facts.provider.name} in e-RS again`,
    lead: `${facts.provider.name} has changed its patient administration system (PAS), and booking in the NHS e-Referral Service (e-RS) was tested afterwards. Book as usual.`,
    facts: [...openSince(facts), ...whoAndWhat(facts)],
    cancer: part.cancerAsUsual(facts),
    sections: [
      section(
        'If you see few appointments',
        text(
          'e-RS fetches new appointment slots every night, so a service may show fewer appointments until tomorrow.',
        ),
      ),
      section('Bookings tried during the outage', ...written(facts.wording.patientContact ?? '')),
      part.servicesAffected(facts),
      part.contact(facts, 'Contact if something does not work'),
    ],
  }),
  'rolled-back': (facts) => ({
    subject: `e-RS booking is open again, on the earlier system: ${facts.provider.name}`,
    preheader: 'You can book with us as usual. The system change will be announced again.',
    title: `You can book with ${facts.provider.name} in e-RS again`,
    lead: `${facts.provider.name} has gone back to its earlier patient administration system (PAS). Booking in the NHS e-Referral Service (e-RS) works as before the outage. We will announce a new date.`,
    facts: [...openSince(facts), ...whoAndWhat(facts)],
    cancer: part.cancerAsUsual(facts),
    sections: [
      section('Bookings tried during the outage', ...written(facts.wording.patientContact ?? '')),
      part.servicesAffected(facts),
      part.contact(facts, 'Contact if something does not work'),
    ],
  }),
  cancelled: (facts) => ({
    subject: `Cancelled, no e-RS booking outage: ${facts.provider.name}`,
    preheader: 'The outage that we announced will not take place. Book as usual.',
    title: `The e-RS booking outage at ${facts.provider.name} is cancelled`,
    lead: `The outage that we announced will not take place: the change of our patient administration system (PAS) is cancelled. Book with us in the NHS e-Referral Service (e-RS) as usual.`,
    facts: [
      ...(facts.outage === null ? [] : [{ label: 'Cancelled', value: spanWithZone(facts.outage, facts.zone) }]),
      ...whoAndWhat(facts),
    ],
    cancer: part.cancerAsUsual(facts),
    sections: [part.servicesAffected(facts), part.contact(facts, 'Contact for questions')],
  }),
  update: (facts) => ({
    subject: `Update on e-RS booking: ${facts.provider.name}`,
    preheader: 'News about the change of our patient administration system.',
    title: `An update from ${facts.provider.name}`,
    lead: 'This is about the change of our patient administration system (PAS) and booking with us in the NHS e-Referral Service (e-RS).',
    facts: [
      ...(facts.outage === null ? [] : [{ label: 'Outage', value: spanWithZone(facts.outage, facts.zone) }]),
      ...whoAndWhat(facts),
    ],
    cancer: part.cancerBox([
      `Never hold a referral. If you are not sure what to do, telephone us on ${facts.wording.contactPhone ?? ''}.`,
    ]),
    sections: [
      section('What is new', ...written(facts.wording.update ?? '')),
      part.contact(facts, 'Contact for questions'),
    ],
  }),
};

function openSince({ completedAt, zone }: NoticeFacts): NoticeDocument['facts'] {
  return completedAt === null ? [] : [{ label: 'Open again since', value: timeWithZone(completedAt, zone) }];
}

function whoAndWhat(facts: NoticeFacts): NoticeDocument['facts'] {
  return [
    { label: 'Who', value: `${facts.provider.name} (${facts.provider.code})` },
    {
      label: 'Services',
      value: `${counted(facts.services.count, 'service')} at ${counted(facts.services.sites.length, 'site')}`,
    },
  ];
}
