import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { NOTICE_KINDS } from '../../src/domain/notice.ts';
import { findPatientData, nhsCheckDigitHolds } from '../../src/domain/patient-data.ts';
import { sha256, shortCode } from '../../src/kernel/canonical.ts';
import { inWords } from '../../src/kernel/time-words.ts';
import { contactCsv, etrustText, extractRow } from '../../src/rehearsal/sample-files.ts';
import { NEW_ASID, OLD_ASID, SYSTEMS } from '../../src/rehearsal/sample-organisations.ts';
import { sampleServices } from '../../src/rehearsal/sample-services.ts';
import { noticeMail } from '../../templates/notices/mail.ts';
import { factsOf } from '../support/notice-facts.ts';
import type { Bench, Figure } from './figure.ts';

const NUMBERS = 10_000;
const ASIDS = new Set([OLD_ASID, NEW_ASID, ...SYSTEMS.map((system) => system.asid)]);

/**
 * How often the door of rule 28 refuses what is no patient's data, on real text (ODS practices and trusts with addresses and
 * telephones) and on our own (services, notices, times, codes), and how often it misses made-up NHS numbers and UBRNs.
 */
export const bench: Bench = async ({ say }) => {
  const alarms = Object.entries(harmless()).map(([what, texts]) => {
    const wrong = texts.filter((text) => findPatientData(text, ASIDS) !== null);
    say(`${what}: ${wrong.length} false alarms in ${texts.length} texts`);
    return { wrong: wrong.length, of: texts.length };
  });
  const misses = Object.entries(harmful()).map(([shape, texts]) => {
    const missed = texts.filter((text) => findPatientData(text, ASIDS) === null).length;
    say(`${shape}: ${missed} missed of ${texts.length}`);
    return { wrong: missed, of: texts.length };
  });
  return [rate('false alarms on harmless text', alarms, 0.05), rate('missed NHS numbers and UBRNs', misses, 0)];
};

function rate(name: string, counts: readonly { wrong: number; of: number }[], goal: number): Figure {
  const wrong = counts.reduce((sum, count) => sum + count.wrong, 0);
  const of = counts.reduce((sum, count) => sum + count.of, 0);
  const value = (100 * wrong) / of;
  return {
    name: `${name}, of ${of}`,
    unit: 'per cent',
    better: 'lower',
    value,
    baseline: null,
    ratio: null,
    spread: 0,
    runs: 1,
    goal,
    ok: value <= goal,
  };
}

function harmless(): Record<string, readonly string[]> {
  const file = join(import.meta.dirname, '../../src/rehearsal/data/epraccur-active-practices.csv.gz');
  const practices = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  const services = sampleServices(5_000);
  const mails = NOTICE_KINDS.map((kind) =>
    noticeMail(
      factsOf(kind),
      { page: 'https://changeover.example/notices/k3y', from: 'notices@rehearsal.example' },
      { name: 'A practice', why: 'list practices.csv', wrongAddress: 'https://changeover.example/notices/k3y/address' },
    ),
  );
  const moments = Array.from({ length: NUMBERS }, (_, index) =>
    Temporal.Instant.from('2026-01-01T00:00:00Z').add({ minutes: index * 97 }),
  );
  return {
    'practices of the ODS, a line each': practices,
    'practices of the ODS, as people write them': practices.map((line) => {
      const cells = line.replaceAll('"', '').split(',');
      return `${cells[1]} (${cells[0]}), ${cells.slice(4, 10).filter(Boolean).join(', ')}, tel. ${cells[17]}`;
    }),
    'trusts of the ODS': etrustText().trim().split('\n'),
    'services of an extract': services.map((service) => extractRow(service).join(',')),
    'contact details of services': contactCsv(services).trim().split('\n'),
    'service ids typed in a list': services.map((_, index) =>
      services
        .slice(index, index + 12)
        .map((service) => service.serviceId)
        .join(index % 2 === 0 ? ',' : ' '),
    ),
    'notices, text and HTML': mails.flatMap((mail) => [...mail.text.split('\n'), mail.html]),
    'times, windows and codes': moments.flatMap((moment) => [
      `window from="${moment.toString().slice(0, 16).replace('T', ' ')}" to=${moment.add({ hours: 3 })}`,
      `Approved ${inWords(moment, 'Europe/London')}, code ${shortCode(sha256(moment.toString()))}, ${sha256(moment.toString())}`,
    ]),
  };
}

function harmful(): Record<string, readonly string[]> {
  const nhs = nhsNumbers(NUMBERS);
  const ubrns = Array.from({ length: NUMBERS }, (_, index) => String(index * 7_919 + 4_965_4963).padStart(12, '0'));
  const cut = (digits: string, ...at: number[]) => {
    const ends = [...at, digits.length];
    return ends.map((end, index) => digits.slice(ends[index - 1] ?? 0, end));
  };
  return {
    'NHS number, plain': nhs,
    'NHS number, 3 3 4': nhs.map((one) => cut(one, 3, 6).join(' ')),
    'NHS number, 3-3-4': nhs.map((one) => cut(one, 3, 6).join('-')),
    'NHS number, 5 5': nhs.map((one) => cut(one, 5).join(' ')),
    'NHS number, 4 3 3': nhs.map((one) => cut(one, 4, 7).join(' ')),
    'NHS number, digit by digit': nhs.map((one) => [...one].join(' ')),
    'NHS number, with no-break spaces': nhs.map((one) => cut(one, 3, 6).join('\u00a0')),
    'NHS number in a sentence': nhs.map((one) => `Please look at ${one}, booked for Tuesday at 9:40`),
    'NHS number, labelled, wrong check digit': nhs.map(
      (one) => `NHS no. ${one.slice(0, 9)}${(Number(one[9]) + 1) % 10}`,
    ),
    'UBRN, plain': ubrns,
    'UBRN, 4 4 4': ubrns.map((one) => cut(one, 4, 8).join(' ')),
    'UBRN, 4-4-4': ubrns.map((one) => cut(one, 4, 8).join('-')),
    'UBRN in a sentence': ubrns.map((one) => `the booking ${one} was cancelled`),
    'UBRN, labelled': ubrns.map((one) => `UBRN: ${one}`),
  };
}

/** Made up: ten digits with a right check digit, in the ranges that England uses, evenly spread. */
function nhsNumbers(count: number): readonly string[] {
  const found: string[] = [];
  for (let index = 0; found.length < count; index++) {
    const nine = String(400_000_000 + ((index * 48_611) % 400_000_000));
    const check = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((digit) => nhsCheckDigitHolds(`${nine}${digit}`));
    if (check !== undefined) found.push(`${nine}${check}`);
  }
  return found;
}
