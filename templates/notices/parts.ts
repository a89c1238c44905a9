import type { NoticeFacts } from '../../src/domain/notice.ts';
import type { MessageKey } from '../../src/kernel/messages/index.ts';
import type { Voice } from '../../src/kernel/voice.ts';
import type { NoticeDocument, NoticeSection } from './document.ts';
import { list, points, section, text, written } from './document.ts';

const SITES_SHOWN = 8;

export function whoAndWhat({ provider, services }: NoticeFacts, voice: Voice): NoticeDocument['facts'] {
  return [
    { label: voice.say('fact.who'), value: `${provider.name} (${provider.code})` },
    { label: voice.say('fact.services'), value: voice.say('fact.services.value', numbers(services, voice)) },
  ];
}

export function whatToDo({ wording }: NoticeFacts, voice: Voice): NoticeSection {
  return section(
    voice.say('todo.heading'),
    list([
      voice.say('todo.urgent', { words: wording.urgent ?? '' }),
      voice.say('todo.routine', { words: wording.routine ?? '' }),
    ]),
  );
}

export function worksAndStops({ wording }: NoticeFacts, voice: Voice): NoticeSection[] {
  return [
    section(voice.say('stops.heading'), points(wording.stops ?? '')),
    section(voice.say('works.heading'), points(wording.works ?? '')),
  ];
}

export function failedBookings({ wording }: NoticeFacts, voice: Voice): NoticeSection {
  return section(voice.say('failed.heading'), text(voice.say('failed.why')), ...written(wording.patientContact ?? ''));
}

export function continuity({ wording }: NoticeFacts, voice: Voice): NoticeSection {
  return section(voice.say('continuity.heading'), ...written(wording.continuity ?? ''));
}

/** The count, the sites, and who else may refer there; the page has the whole list. */
export function servicesAffected({ services }: NoticeFacts, voice: Voice): NoticeSection {
  const shown = services.sites.slice(0, SITES_SHOWN);
  const rest = services.sites.length - shown.length;
  const items = shown.map((site) => siteLine(site, voice));
  const cancer = services.urgentSuspectedCancer;
  return section(
    voice.say('services.heading'),
    text(
      cancer === 0
        ? voice.say('services.text', numbers(services, voice))
        : voice.say('services.text-cancer', { ...numbers(services, voice), cancer: String(cancer) }),
    ),
    list(rest === 0 ? items : [...items, voice.say('services.more', { more: voice.moreSites(rest) })]),
    ...(services.onNationalMenu ? [text(voice.say('services.national'))] : []),
  );
}

function siteLine(site: NoticeFacts['services']['sites'][number], voice: Voice): string {
  const name = site.name === site.code ? site.name : `${site.name} (${site.code})`;
  return voice.say('services.site', { site: name, services: voice.services(site.count) });
}

export function contact({ wording }: NoticeFacts, heading: MessageKey, voice: Voice): NoticeSection {
  return section(
    voice.say(heading),
    list([
      voice.say('contact.telephone', { phone: wording.contactPhone ?? '' }),
      voice.say('contact.email', { email: wording.contactEmail ?? '' }),
      voice.say('contact.hours', { hours: wording.contactHours ?? '' }),
    ]),
  );
}

export function nextUpdate({ wording }: NoticeFacts, voice: Voice): NoticeSection {
  return section(voice.say('next.heading'), ...written(wording.nextUpdate ?? ''));
}

export interface CancerBox {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

/** What people wrote; the telephone number stands here too, whether they thought of it or not. */
export function cancerFirst({ wording }: NoticeFacts, voice: Voice): CancerBox {
  const paragraphs = written(wording.cancer ?? '').flatMap((block) =>
    block.kind === 'text' ? [block.text] : block.items,
  );
  const { contactPhone: phone = '', contactHours: hours = '' } = wording;
  const said = paragraphs.some((one) => digits(one).includes(digits(phone)));
  const more = phone === '' || said ? [] : [voice.say('cancer.telephone', { phone, hours })];
  return cancerBox([...paragraphs, ...more], voice);
}

/** Where nothing is special any more: the route is the usual one, and nobody is left without a number. */
export function cancerAsUsual({ wording }: NoticeFacts, voice: Voice): CancerBox {
  return cancerBox([voice.say('cancer.as-usual', { phone: wording.contactPhone ?? '' })], voice);
}

export function cancerBox(paragraphs: readonly string[], voice: Voice): CancerBox {
  return { heading: voice.say('cancer.heading'), paragraphs };
}

export function referenceLine({ reference, version, replaces }: NoticeFacts, voice: Voice): string {
  const values = { reference, version: String(version) };
  return replaces === null ? voice.say('reference', values) : voice.say('reference.replaces', { ...values, replaces });
}

function numbers(services: NoticeFacts['services'], voice: Voice) {
  return { services: voice.services(services.count), sites: voice.sites(services.sites.length) };
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}
