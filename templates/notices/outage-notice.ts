import type { NoticeFacts, NoticeKind } from '../../src/domain/notice.ts';
import type { Voice } from '../../src/kernel/voice.ts';
import type { NoticeDocument } from './document.ts';
import * as part from './parts.ts';
import { endParts, shortSpan, spanParts, spanWithZone } from './times.ts';

export type OutageKind = Extract<NoticeKind, 'planned' | 'reminder' | 'started' | 'extended' | 'moved'>;

/** The notices that tell of an outage that is coming, going on, longer or moved: all that a referrer needs on the day. */
export function outageNotice(facts: NoticeFacts, kind: OutageKind, voice: Voice): NoticeDocument {
  const { outage, earlierOutage, zone } = facts;
  const provider = facts.provider.name;
  return {
    subject: voice.say(`${kind}.subject`, { provider, outage: outage === null ? '' : shortSpan(outage, zone, voice) }),
    preheader: voice.say('outage.preheader', { services: voice.services(facts.services.count) }),
    title: voice.say(`${kind}.title`, { provider }),
    lead: leadOf(facts, kind, voice),
    facts: [
      {
        label: voice.say('fact.when'),
        value: outage === null ? voice.say('fact.when.unset') : spanWithZone(outage, zone, voice),
      },
      ...(earlierOutage === null
        ? []
        : [{ label: voice.say('fact.before'), value: spanWithZone(earlierOutage, zone, voice) }]),
      ...part.whoAndWhat(facts, voice),
    ],
    cancer: part.cancerFirst(facts, voice),
    sections: [
      part.whatToDo(facts, voice),
      ...part.worksAndStops(facts, voice),
      part.failedBookings(facts, voice),
      part.continuity(facts, voice),
      part.servicesAffected(facts, voice),
      part.contact(facts, 'contact.day', voice),
      part.nextUpdate(facts, voice),
    ],
    reference: part.referenceLine(facts, voice),
  };
}

function leadOf({ provider, outage, zone }: NoticeFacts, kind: OutageKind, voice: Voice): string {
  const name = provider.name;
  if (kind === 'started' || kind === 'extended') {
    if (outage === null) return voice.say(`${kind}.lead.unset`, { provider: name });
    return voice.say(`${kind}.lead`, { provider: name, ...endParts(outage, zone, voice) });
  }
  const lead = kind === 'moved' ? 'moved.lead' : 'outage.lead';
  if (outage === null) return voice.say(`${lead}.unset`, { provider: name });
  const { oneDay, ...values } = spanParts(outage, zone, voice);
  return voice.say(`${lead}.${oneDay ? 'day' : 'days'}`, { provider: name, ...values });
}
