import { describe, expect, it } from 'vitest';
import { NOTICE_KINDS, type NoticeKind } from '../../src/domain/notice.ts';
import { composeNotice, withWelshFault } from '../../src/domain/notice-facts.ts';
import { welshMissing, welshNeeds } from '../../src/domain/notice-welsh.ts';
import { checkWelsh, type WelshFlawCode, type WelshRow } from '../../src/domain/notice-welsh-check.ts';
import { MESSAGES } from '../../src/kernel/messages/index.ts';
import { ENGLISH, welshVoice } from '../../src/kernel/voice.ts';
import { noticeMail } from '../../templates/notices/mail.ts';
import { noticeView } from '../../templates/pages/notice-view.ts';
import { plannedService, WORDING } from '../support/notice-facts.ts';
import { pseudo, pseudoWelsh } from '../support/pseudo-welsh.ts';

const LONDON = 'Europe/London';
const WELSH = pseudoWelsh(WORDING);
const LINKS = {
  page: 'https://changeover.example/notices/k3y',
  from: 'notices@rehearsal.example',
  path: '/notices/k3y',
  publicUrl: 'https://changeover.example',
};

function input(kind: NoticeKind, more: Partial<Parameters<typeof composeNotice>[0]> = {}) {
  return {
    kind,
    migration: {
      id: 1,
      name: 'M',
      providerOrg: 'XR1',
      providerName: 'A Trust',
      zone: LONDON,
      outage: { from: '2026-10-24T16:00:00Z', to: '2026-10-25T01:30:00Z' },
    },
    services: [plannedService('1', { twoWeekWait: true }), plannedService('2', { onSecondaryCareMenu: true })],
    siteNames: new Map(),
    wording: WORDING,
    welsh: WELSH,
    earlier: [],
    completedAt: '2026-10-25T01:10:00Z',
    now: Temporal.Instant.from('2026-10-12T09:00:00Z'),
    ...more,
  };
}

describe('what has to be said in Welsh', () => {
  it('20: is every standard sentence and every text of the team, and not a telephone number alone', () => {
    const keys = welshNeeds(NOTICE_KINDS, WORDING, LONDON).map(({ key }) => key);
    const asked = Object.entries(MESSAGES).filter(([, { when }]) => when === 'always' || when === 'uk');
    expect(keys).toEqual(expect.arrayContaining(asked.map(([key]) => key)));
    expect(keys).toEqual(expect.arrayContaining(['team/all/cancer', 'team/all/urgent', 'team/all/contactHours']));
    expect(keys.filter((key) => key.includes('contactPhone') || key.includes('contactEmail'))).toEqual([]);
    expect(keys.filter((key) => /unset|zone\.other/.test(key))).toEqual([]);
  });

  it('20: a text for one kind alone is asked for beside the one for all', () => {
    const entries = [...WORDING, { kind: 'completed', field: 'patientContact', text: 'All were telephoned.' } as const];
    const needs = welshNeeds(NOTICE_KINDS, entries, LONDON).filter(({ key }) => key.endsWith('patientContact'));
    expect(needs.map(({ key, kinds }) => [key, kinds.includes('completed')])).toEqual([
      ['team/all/patientContact', false],
      ['team/completed/patientContact', true],
    ]);
  });

  it('20: words for an English that has changed count no more; line ends and spaces are no change', () => {
    const changed = WORDING.map((one) => (one.field === 'cancer' ? { ...one, text: `${one.text} Now.` } : one));
    const needs = welshNeeds(NOTICE_KINDS, changed, LONDON);
    expect(welshMissing(needs, WELSH).map(({ key }) => key)).toEqual(['team/all/cancer']);
    const spaced = WORDING.map((one) => ({ ...one, text: ` ${one.text.replaceAll('\n', '\r\n')} ` }));
    expect(welshMissing(welshNeeds(NOTICE_KINDS, spaced, LONDON), WELSH)).toEqual([]);
  });
});

describe.each(NOTICE_KINDS)('the %s notice in Welsh', (kind) => {
  it('20: is composed whole from what is asked for, whatever its facts', () => {
    for (const outage of [
      { from: '2026-10-24T16:00:00Z', to: '2026-10-25T01:30:00Z' },
      { from: '2026-03-28T23:00:00Z', to: '2026-03-29T05:00:00Z' },
      { from: '2026-12-08T17:00:00Z', to: '2026-12-09T00:00:00Z' },
    ]) {
      for (const size of [1, 12]) {
        const services = Array.from({ length: size }, (_, at) => plannedService(String(at), { site: `XR1${at}` }));
        const given = input(kind, { migration: { ...input(kind).migration, outage }, services });
        const { facts } = composeNotice(given);
        expect(facts.welsh).toBeDefined();
        const mail = noticeMail(facts, LINKS, { name: 'n', why: 'w', wrongAddress: 'x' }, 'cy');
        expect(mail.languages).toEqual(['cy', 'en']);
        const newer = { token: 't', reference: 'r', kind: 'completed' as const };
        for (const phase of ['ahead', 'now', 'past', null] as const) {
          if (phase !== null && !['planned', 'reminder', 'started', 'extended', 'moved'].includes(kind)) continue;
          const page = noticeView(
            { facts, test: true, phase, services: [], outageToken: 't', replacedBy: newer },
            LINKS,
            'cy',
          );
          expect(page.lang).toBe('cy');
          expect(page.title).toContain('«cy: ');
        }
      }
    }
  });

  it('20: with one text missing it has none, and the draft says so for whoever is marked', () => {
    const needs = welshNeeds([kind], WORDING, LONDON);
    const given = input(kind, { welsh: WELSH.filter(({ key }) => key !== needs[0]?.key) });
    const composed = composeNotice(given);
    expect(composed.facts.welsh).toBeUndefined();
    const member = { fault: null, language: 'cy' } as never;
    expect(withWelshFault(composed, given, []).faults).toEqual(composed.faults);
    expect(withWelshFault(composed, given, [member]).faults.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^Welsh: 1 recipient is marked for it, and 1 of \d+ texts have no Welsh words/),
    ]);
  });
});

describe('days, times and numbers', () => {
  it('20: are the language’s own by Unicode, and a number stands alone', () => {
    const voice = welshVoice({ 'time.instant': '{day}, {time}' });
    expect(voice.instant('2026-12-08T17:05:00Z', LONDON)).toBe('Dydd Mawrth, 8 Rhagfyr 2026, 17:05');
    expect([voice.services(1), voice.services(2), voice.sites(1500)]).toEqual(['1', '2', '1,500']);
    expect(ENGLISH.instant('2026-12-08T17:05:00Z', LONDON)).toBe('Tuesday 8 December 2026, 5:05pm');
  });
});

describe('the file that comes back from the translators', () => {
  const needs = welshNeeds(NOTICE_KINDS, WORDING, LONDON);
  const english = (key: string) => needs.find((need) => need.key === key)?.english ?? '';
  const row = (key: string, more: Partial<WelshRow> = {}): WelshRow => ({
    line: 2,
    key,
    english: english(key),
    welsh: pseudo(english(key)),
    broken: false,
    ...more,
  });
  const codes = (...rows: WelshRow[]): WelshFlawCode[] => checkWelsh(rows, needs).flaws.map(({ code }) => code);

  it('2: is taken whole where all is right, and row by row where not', () => {
    const rows = needs.map(({ key }) => row(key));
    const all = checkWelsh(rows, needs);
    expect(all.flaws).toEqual([]);
    expect(all.texts).toEqual(WELSH);
    const some = checkWelsh([row('fact.when'), row('nothing'), row('fact.who')], needs);
    expect(some.texts.map(({ key }) => key)).toEqual(['fact.when', 'fact.who']);
    expect(some.flaws).toMatchObject([{ line: 2, key: 'nothing', code: 'unknown-key' }]);
  });

  it('20: an unknown key, the same key twice, another English, a broken row, a blank', () => {
    expect(codes(row('fact.when'), row('fact.when', { line: 3 }))).toEqual(['duplicate']);
    expect(codes(row('fact.when', { english: 'Where' }))).toEqual(['other-english']);
    expect(codes(row('fact.when', { broken: true }))).toEqual(['row-broken']);
    expect(checkWelsh([row('fact.when', { welsh: ' ' })], needs)).toMatchObject({
      blank: ['fact.when'],
      flaws: [{ code: 'blank' }],
    });
  });

  it.each<[string, string, string, WelshFlawCode]>([
    ['a name in braces left out', 'planned.title', '«cy: You will not be able to book»', 'missing-placeholder'],
    ['one translated', 'planned.title', '«cy: book with {darparwr}»', 'unknown-placeholder'],
    ['one with spaces', 'planned.title', '«cy: book with { provider }»', 'unknown-placeholder'],
    ['a stray brace', 'planned.title', '«cy: book with {provider}}»', 'unknown-placeholder'],
    ['a control character', 'fact.when', '«cy: Wh\u0007en»', 'control'],
    ['a mark that turns text around', 'fact.when', '«cy: Wh\u202een»', 'control'],
    ['a mark of ours', 'fact.when', '«cy: \u{e000}name\u{e001}»', 'control'],
    ['a line break in one line', 'fact.when', '«cy: When»\n«cy: else»', 'control'],
    ['a patient’s number', 'failed.why', '«cy: NHS number 943 476 5919»', 'patient-data'],
    ['far too long', 'fact.when', `«cy: ${'When '.repeat(40)}»`, 'too-long'],
    ['ŵ lost on saving', 'fact.when', '«cy: d?r»', 'lost-letters'],
    ['the English again', 'continuity.heading', 'How care goes on meanwhile', 'still-english'],
    ['a point left out', 'team/all/works', '«cy: Creating and sending referrals in e-RS»', 'lines'],
  ])('20: %s is found', (_what, key, welsh, code) => {
    expect(codes(row(key, { welsh }))).toEqual([code]);
  });

  it('20: a telephone number or an address of the English has to stand there, however it is spaced', () => {
    const entries = [
      { kind: 'all', field: 'cancer', text: 'Telephone 01632 960 100 or write to a@b.example.' } as const,
    ];
    const own = welshNeeds(['planned'], entries, LONDON);
    const judge = (welsh: string) =>
      checkWelsh([{ line: 2, key: 'team/all/cancer', english: entries[0]?.text ?? '', welsh, broken: false }], own)
        .flaws;
    expect(judge('«cy: 01632 960 101, a@b.example»')).toMatchObject([
      { code: 'missing-number', detail: '01632 960 100' },
    ]);
    expect(judge('«cy: 01632 960100»')).toMatchObject([{ code: 'missing-number', detail: 'a@b.example' }]);
    expect(judge('«cy: 01632 960100, a@b.example»')).toEqual([]);
  });

  it('28: what looks like a patient’s data is not repeated', () => {
    const { flaws } = checkWelsh([row('failed.why', { welsh: '«cy: NHS number 943 476 5919»' })], needs);
    expect(JSON.stringify(flaws)).not.toContain('943');
  });
});
