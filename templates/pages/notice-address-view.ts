import type { NoticeFacts } from '../../src/domain/notice.ts';
import type { Language } from '../../src/kernel/voice.ts';
import { versionPage } from '../notices/mail-version.ts';
import { englishVersion, welshVersion } from '../notices/words.ts';

/** What somebody wrote into the form, and why it was not taken. */
export interface AddressGiven {
  readonly to: string;
  readonly better: string;
  readonly note: string;
  readonly addressee: string | null;
  readonly problem: 'form.empty' | 'form.patient-data' | null;
}

/** The facts of the wrong-address form before it was sent, or of what became of it; in the language of the notice that led to it. */
export function noticeAddressView(
  facts: NoticeFacts,
  path: string,
  language: Language,
  state: AddressGiven | { readonly outcome: 'kept' | 'full' | 'unknown' },
) {
  const { voice } = (language === 'cy' ? welshVersion(facts) : null) ?? englishVersion(facts);
  const shell = {
    title: voice.say('wrong-address'),
    lang: voice.language,
    say: voice.say,
    provider: facts.provider,
    page: versionPage(path, { voice }),
    action: versionPage(`${path}/address`, { voice }),
  };
  if ('outcome' in state) return { ...shell, sent: true, kept: state.outcome === 'kept' };
  return { ...shell, ...state, sent: false, problem: state.problem === null ? null : voice.say(state.problem) };
}
