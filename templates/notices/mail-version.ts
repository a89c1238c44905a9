import type { PersonalWords } from './document.ts';
import type { Version } from './words.ts';

/** One language's part of a mail, with the words around the document. */
export interface MailVersion extends Version {
  /** As HTML names it. */
  readonly lang: 'en-GB' | 'cy';
  readonly page: string;
  readonly pageLabel: string;
  readonly sentTo: string;
  readonly wrongAddress: string;
  readonly wrongAddressLink: string;
  readonly never: string;
  /** The line above a mail in both languages. */
  readonly both: string;
}

/** Who reads no Welsh sees at the top where to look. */
const IN_ENGLISH = 'This notice is in Welsh and in English. The English stands below the Welsh.';

export function mailVersion(version: Version, page: string, personal: PersonalWords): MailVersion {
  const { facts, voice } = version;
  const { count } = facts.services;
  const welsh = voice.language === 'cy';
  return {
    ...version,
    lang: welsh ? 'cy' : 'en-GB',
    page: versionPage(page, version),
    pageLabel: count === 1 ? voice.say('mail.page-one') : voice.say('mail.page', { services: voice.services(count) }),
    sentTo: voice.say('mail.sent-to', { name: personal.name, why: personal.why }),
    wrongAddress: voice.say('wrong-address'),
    wrongAddressLink: (welsh ? personal.wrongAddressInWelsh : null) ?? personal.wrongAddress,
    never: voice.say('mail.never'),
    both: welsh ? voice.say('bilingual') : IN_ENGLISH,
  };
}

/** The notice's page in the language of this version. */
export function versionPage(page: string, { voice }: Pick<Version, 'voice'>): string {
  return voice.language === 'cy' ? `${page}?lang=cy` : page;
}
