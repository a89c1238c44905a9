import type { Service } from './service.ts';

/** How a column's cells are read. `kept` marks a known column that nothing here needs: accepted, not stored. */
export type CellKind = 'service-id' | 'text' | 'ods' | 'flag' | 'date' | 'count' | 'asid' | 'endpoint' | 'kept';

export interface ExtractColumn {
  readonly name: string;
  readonly field: keyof Service | null;
  readonly cell: CellKind;
  /** The header must have it, and a row without a value is an error. */
  readonly required?: true;
}

/** The columns of an EBSX05-like extract (guidance, "EBSX05-like columns"). Any others are not read. */
export const EXTRACT_COLUMNS: readonly ExtractColumn[] = [
  { name: 'SERVICE_ID', field: 'serviceId', cell: 'service-id', required: true },
  { name: 'SERVICE_NAME', field: 'name', cell: 'text', required: true },
  { name: 'PROVIDER_ORG_ID', field: 'providerOrg', cell: 'ods', required: true },
  { name: 'LOCATION_ORG_ID', field: 'locationOrg', cell: 'ods', required: true },
  { name: 'SPECIALTY_CD', field: 'specialty', cell: 'text' },
  { name: 'APPT_TYPE_CD', field: 'appointmentType', cell: 'text' },
  { name: 'PUBLISH_IND', field: 'published', cell: 'flag' },
  { name: 'DIRECTLY_BOOKABLE_IND', field: 'directlyBookable', cell: 'flag', required: true },
  { name: 'BEG_EFFECTIVE_DT', field: 'effectiveFrom', cell: 'date' },
  { name: 'END_EFFECTIVE_DT', field: 'effectiveTo', cell: 'date' },
  { name: 'ROUTINE', field: 'routine', cell: 'flag' },
  { name: 'URGENT', field: 'urgent', cell: 'flag' },
  { name: 'TWO_WEEK_WAIT', field: 'twoWeekWait', cell: 'flag' },
  { name: 'ON_SECONDARY_CARE_MENU', field: 'onSecondaryCareMenu', cell: 'flag' },
  { name: 'SLOT_RESERVATION_PERIOD', field: 'slotReservationPeriod', cell: 'count' },
  { name: 'POLLING_RANGE', field: 'pollingRange', cell: 'count' },
  { name: 'SERVICE_TRANSITION_DATE', field: 'transitionDate', cell: 'date' },
  { name: 'ENDPOINT_ID', field: 'endpointId', cell: 'endpoint' },
  { name: 'CURRENT_ASID', field: 'currentAsid', cell: 'asid' },
  { name: 'PATIENT_CONTACT_PHONE', field: 'contactPhone', cell: 'text' },
  { name: 'HOURS_OF_OPERATION', field: 'hoursOfOperation', cell: 'text' },
  { name: 'BUSINESS_CRITICAL', field: 'businessCritical', cell: 'flag' },
  { name: 'POLLING_FREQ_TYPE', field: null, cell: 'kept' },
  { name: 'POLLING_INTERVAL', field: null, cell: 'kept' },
  { name: 'RESTRICTED_IND', field: null, cell: 'flag' },
  { name: 'UNPUBLISHED_DT_TM', field: null, cell: 'date' },
  { name: 'CLINIC_TYPE', field: null, cell: 'kept' },
  { name: 'POLLING_DAYS', field: null, cell: 'kept' },
];

/** What a supplement may say of a service; who it belongs to and whether it is bookable is the extract's alone. */
export const SUPPLEMENT_COLUMNS: readonly ExtractColumn[] = EXTRACT_COLUMNS.filter(
  (column) => column.field !== null && (column.name === 'SERVICE_ID' || !column.required),
);

/** "Service-ID", "service id" and "SERVICE_ID" are one name: case, spaces, `_` and `-` do not count. */
export function headerKey(name: string): string {
  return name.replace(/[\s_-]+/g, '').toUpperCase();
}

/** The heading that names a patient, or null. One such column refuses the whole file (rule 2). */
export function patientColumnIn(header: readonly string[]): string | null {
  return header.find((name) => isPatientColumn(headerKey(name))) ?? null;
}

function isPatientColumn(key: string): boolean {
  if (NOT_A_PATIENTS.has(key)) return false;
  if (PATIENT_KEYS.has(key) || PATIENT_PARTS.test(key)) return true;
  return key.includes('POSTCODE') && !ORGANISATIONS_POSTCODE.test(key);
}

const NOT_A_PATIENTS: ReadonlySet<string> = new Set(['PATIENTCONTACTPHONE', 'PATIENTCONTACTEMAIL']);
const PATIENT_KEYS: ReadonlySet<string> = new Set([
  'DOB',
  'NHSNO',
  'NHSNUM',
  'NHSID',
  'MRN',
  'BIRTHDATE',
  'SURNAME',
  'FORENAME',
  'HOSPITALNUMBER',
]);
const PATIENT_PARTS =
  /NHSNUMBER|UBRN|DATEOFBIRTH|PATIENTDOB|^PATIENTS?(?:ID|IDENTIFIER|NUMBER|NO|AGE|NAME|SEX|GENDER|ADDRESS|SURNAME|FORENAME|INITIALS|PHONE|MOBILE|EMAIL)$/;
const ORGANISATIONS_POSTCODE =
  /^(?:PROVIDER|LOCATION|SERVICE|SITE|CLINIC|ORG|ORGANISATION|PRACTICE|COMMISSIONER|TRUST)/;
