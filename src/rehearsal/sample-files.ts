import { readFileSync } from 'node:fs';
import { lines } from './csv-lines.ts';
import type { Estate } from './estate.ts';
import { PROVIDER, SITES } from './sample-organisations.ts';
import { commissionerMapCsv, commissionersCsv, epraccurText, practicesCsv } from './sample-recipients.ts';
import { type SampleService, sampleServices } from './sample-services.ts';

/** A file to import in a rehearsal. */
export interface SampleFile {
  readonly name: string;
  /** What it is, in one line. */
  readonly about: string;
  text(): string;
}

/**
 * Every sample file, small enough to be made on request. `size`: directly bookable services of the provider; `estate`: what e-RS
 * holds now.
 */
export function sampleFiles(size: number, estate?: Pick<Estate, 'service'>): readonly SampleFile[] {
  const services = sampleServices(size);
  const asTheyAre = () => services.map((one) => ({ ...one, ...estate?.service(one.serviceId) }));
  return [
    {
      name: `ebsx05-${size}.csv`,
      about: `e-RS services extract: ${size.toLocaleString('en-GB')} directly bookable services, some without patient contact details`,
      text: () => extractCsv(services),
    },
    {
      name: `contact-details-${size}.csv`,
      about: 'supplement with the missing patient contact details',
      text: () => contactCsv(services),
    },
    {
      name: `ebsx05-${size}-now.csv`,
      about:
        'the same extract as e-RS would give it now: after the run, to compare with the plan (month end: not before the run)',
      text: () => extractCsv(asTheyAre()),
    },
    { name: 'commissioners.csv', about: '42 commissioners, fictional', text: commissionersCsv },
    {
      name: 'practices.csv',
      about: '6,872 GP practices as recipients, with addresses that go nowhere',
      text: () => practicesCsv(),
    },
    { name: 'epraccur.csv', about: '6,872 active GP practices in the ODS format', text: epraccurText },
    {
      name: 'commissioner-map.csv',
      about:
        'fictional: which of the 42 commissioners stands for which code of epraccur.csv, so that practices follow their commissioner; three codes are left out (for mapping)',
      text: commissionerMapCsv,
    },
    { name: 'etrust.csv', about: 'the fictional provider and a few real trusts in the ODS format', text: etrustText },
  ];
}

/** An EBSX05-like extract of these services; 28 columns, no patient among them. */
export function extractCsv(services: readonly SampleService[]): string {
  return lines(EXTRACT_COLUMNS, services.map(extractRow));
}

/** The missing contact details of these services, as a supplement keyed by SERVICE_ID. */
export function contactCsv(services: readonly SampleService[]): string {
  const gaps = services.filter((one) => one.contactPhone === null || one.hoursOfOperation === null);
  return lines(
    ['SERVICE_ID', 'PATIENT_CONTACT_PHONE', 'HOURS_OF_OPERATION'],
    gaps.map((one) => [one.serviceId, one.contactPhone ?? '01632 960991', 'Monday to Friday 9am to 5pm']),
  );
}

/** The fictional provider and its sites, then some real trusts, in ODS's published form. */
export function etrustText(): string {
  const own = [PROVIDER, ...SITES].map(({ code, name }) => odsRow(code, name));
  return own.join('') + readFileSync(new URL('data/etrust-sample.csv', import.meta.url), 'latin1');
}

function odsRow(code: string, name: string): string {
  const fields = [
    code,
    name.toUpperCase(),
    'XXX',
    'XXX',
    '1 REHEARSAL ROAD',
    '',
    '',
    'REHEARSAL TOWN',
    '',
    '',
    '20200401',
  ];
  return `${[...fields, ...Array.from({ length: 16 }, () => '')].map((one) => `"${one}"`).join(',')}\r\n`;
}

/** A service's cells, in the order of `EXTRACT_COLUMNS`. */
export function extractRow(one: SampleService): readonly string[] {
  const flag = (value: boolean): string => (value ? '1' : '0');
  return [
    one.serviceId,
    one.name,
    one.organisation,
    one.site,
    one.specialtyCode,
    'FIRST_OUTPATIENT',
    flag(one.published),
    flag(one.directlyBookable),
    '20210401',
    '',
    flag(!one.twoWeekWait),
    flag(!one.twoWeekWait),
    flag(one.twoWeekWait),
    '0',
    String(one.slotReservationPeriod),
    one.directlyBookable ? String(one.pollingRange) : '',
    one.directlyBookable ? 'DAILY' : '',
    one.directlyBookable ? '1' : '',
    '0',
    '',
    '',
    'EP1',
    one.asid,
    one.contactPhone ?? '',
    one.hoursOfOperation ?? '',
    one.businessCritical ? 'Y' : 'N',
    one.clinicType,
    'MON|TUE|WED|THU|FRI',
  ];
}

export const EXTRACT_COLUMNS =
  'SERVICE_ID SERVICE_NAME PROVIDER_ORG_ID LOCATION_ORG_ID SPECIALTY_CD APPT_TYPE_CD PUBLISH_IND DIRECTLY_BOOKABLE_IND BEG_EFFECTIVE_DT END_EFFECTIVE_DT ROUTINE URGENT TWO_WEEK_WAIT ON_SECONDARY_CARE_MENU SLOT_RESERVATION_PERIOD POLLING_RANGE POLLING_FREQ_TYPE POLLING_INTERVAL RESTRICTED_IND UNPUBLISHED_DT_TM SERVICE_TRANSITION_DATE ENDPOINT_ID CURRENT_ASID PATIENT_CONTACT_PHONE HOURS_OF_OPERATION BUSINESS_CRITICAL CLINIC_TYPE POLLING_DAYS'.split(
    ' ',
  );
