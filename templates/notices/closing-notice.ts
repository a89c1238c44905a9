import type { NoticeFacts, NoticeKind } from '../../src/domain/notice.ts';
import type { Voice } from '../../src/kernel/voice.ts';
import type { NoticeDocument } from './document.ts';
import { section, text, written } from './document.ts';
import * as part from './parts.ts';
import { spanWithZone, timeWithZone } from './times.ts';

export type ClosingKind = Extract<NoticeKind, 'completed' | 'rolled-back' | 'cancelled' | 'update'>;

/** The notices after which people can book as before, or learn something new: short, with what to do first. */
export function closingNotice(facts: NoticeFacts, kind: ClosingKind, voice: Voice): NoticeDocument {
  const provider = facts.provider.name;
  const services = voice.services(facts.services.count);
  return {
    subject: voice.say(`${kind}.subject`, { provider }),
    preheader: voice.say(`${kind}.preheader`, { services }),
    lead: voice.say(`${kind}.lead`, { provider }),
    ...BODIES[kind](facts, voice),
    reference: part.referenceLine(facts, voice),
  };
}

type Body = Pick<NoticeDocument, 'title' | 'facts' | 'cancer' | 'sections'>;

const BODIES: Readonly<Record<ClosingKind, (facts: NoticeFacts, voice: Voice) => Body>> = {
  completed: (facts, voice) => ({
    ...openAgain(facts, voice),
    sections: [section(voice.say('fewer.heading'), text(voice.say('fewer.text'))), ...afterwards(facts, voice)],
  }),
  'rolled-back': (facts, voice) => ({ ...openAgain(facts, voice), sections: afterwards(facts, voice) }),
  cancelled: (facts, voice) => ({
    title: voice.say('cancelled.title', { provider: facts.provider.name }),
    facts: [...outageAs('fact.cancelled', facts, voice), ...part.whoAndWhat(facts, voice)],
    cancer: part.cancerAsUsual(facts, voice),
    sections: [part.servicesAffected(facts, voice), part.contact(facts, 'contact.questions', voice)],
  }),
  update: (facts, voice) => ({
    title: voice.say('update.title', { provider: facts.provider.name }),
    facts: [...outageAs('fact.outage', facts, voice), ...part.whoAndWhat(facts, voice)],
    cancer: part.cancerBox([voice.say('update.cancer', { phone: facts.wording.contactPhone ?? '' })], voice),
    sections: [
      section(voice.say('update.heading'), ...written(facts.wording.update ?? '')),
      part.contact(facts, 'contact.questions', voice),
    ],
  }),
};

function openAgain(facts: NoticeFacts, voice: Voice): Omit<Body, 'sections'> {
  const { completedAt, zone } = facts;
  const since =
    completedAt === null
      ? []
      : [{ label: voice.say('fact.open-since'), value: timeWithZone(completedAt, zone, voice) }];
  return {
    title: voice.say('open.title', { provider: facts.provider.name }),
    facts: [...since, ...part.whoAndWhat(facts, voice)],
    cancer: part.cancerAsUsual(facts, voice),
  };
}

function afterwards(facts: NoticeFacts, voice: Voice): NoticeDocument['sections'] {
  return [
    section(voice.say('failed.heading'), ...written(facts.wording.patientContact ?? '')),
    part.servicesAffected(facts, voice),
    part.contact(facts, 'contact.trouble', voice),
  ];
}

function outageAs(
  label: 'fact.cancelled' | 'fact.outage',
  { outage, zone }: NoticeFacts,
  voice: Voice,
): NoticeDocument['facts'] {
  return outage === null ? [] : [{ label: voice.say(label), value: spanWithZone(outage, zone, voice) }];
}
