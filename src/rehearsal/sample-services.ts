import type { SeedService, Site } from './estate.ts';
import { CITY, GENERAL, OLD_ASID, PARK, PROVIDER } from './sample-organisations.ts';

/** A service of the sample, with what only the extract says of it. */
export interface SampleService extends SeedService {
  readonly specialtyCode: string;
  readonly clinicType: string;
  readonly slotReservationPeriod: number;
  readonly pollingRange: number;
}

/**
 * The sample provider's services, always the same for a size: so many directly bookable ones on the old system at three
 * sites, and about 6 % more that are not directly bookable. Some patient contact details are missing (about 1 in 60, at
 * least one), as they are in real directories.
 */
export function sampleServices(directlyBookable: number): readonly SampleService[] {
  const others = Math.max(1, Math.round(directlyBookable * 0.06));
  return [
    ...Array.from({ length: directlyBookable }, (_, index) => serviceAt(index, siteAt(index, directlyBookable))),
    ...Array.from({ length: others }, (_, index) => notBookableAt(index, directlyBookable, siteAt(index, others))),
  ];
}

function serviceAt(index: number, site: Site): SampleService {
  const [specialty, specialtyCode, clinics] = SPECIALTIES[index % SPECIALTIES.length] ?? FIRST;
  const round = Math.floor(index / SPECIALTIES.length);
  const clinic = clinics[round % clinics.length] ?? clinics[0];
  const again = Math.floor(round / clinics.length) + 1;
  const gap = index % 60 === 7;
  return {
    serviceId: String(FIRST_ID + index * 3),
    name: `${specialty}: ${clinic}${again > 1 ? ` ${again}` : ''} - ${site.name}`,
    organisation: PROVIDER.code,
    site: site.code,
    asid: OLD_ASID,
    specialty,
    specialtyCode,
    clinicType: clinic,
    directlyBookable: true,
    published: index % 45 !== 31,
    contactPhone: gap && index % 120 === 7 ? null : `01632 960${String(100 + (index % 800)).padStart(3, '0')}`,
    hoursOfOperation: gap ? null : HOURS,
    twoWeekWait: clinic.startsWith('Urgent suspected cancer'),
    businessCritical: index % 25 === 3,
    slotReservationPeriod: index % 110 === 59 ? 1 : 0,
    pollingRange: index % 140 === 71 ? 0 : 56,
  };
}

function notBookableAt(index: number, of: number, site: Site): SampleService {
  const base = serviceAt(of + index, site);
  return {
    ...base,
    serviceId: String(FIRST_ID + 600_000 + index * 3),
    name: base.name.replace(':', ' advice and guidance:'),
    directlyBookable: false,
    published: true,
    twoWeekWait: false,
    businessCritical: false,
    contactPhone: '01632 960990',
    hoursOfOperation: HOURS,
  };
}

/** Just over half at City, three tenths at General, the rest at Park; each has at least one from four services on. */
function siteAt(index: number, of: number): Site {
  const share = ((index * 7) % of) / of;
  if (share < 0.53) return CITY;
  return share < 0.83 ? GENERAL : PARK;
}

const FIRST_ID = 7_012_001;
const HOURS = 'Monday to Friday 9am to 5pm';
type Specialty = readonly [name: string, code: string, clinics: readonly [string, ...string[]]];
const FIRST: Specialty = ['Cardiology', '320', ['Chest pain', 'Heart failure', 'Arrhythmia', 'Murmur assessment']];
const SPECIALTIES: readonly Specialty[] = [
  FIRST,
  ['Dermatology', '330', ['General', 'Urgent suspected cancer: skin', 'Psoriasis', 'Paediatric']],
  ['Ophthalmology', '130', ['Glaucoma', 'Cataract', 'Medical retina', 'General']],
  ['Ear, nose and throat', '120', ['General', 'Balance', 'Urgent suspected cancer: head and neck', 'Hearing loss']],
  [
    'Gastroenterology',
    '301',
    ['Inflammatory bowel disease', 'Dyspepsia', 'Liver', 'Urgent suspected cancer: lower GI'],
  ],
  ['Gynaecology', '502', ['General', 'Menopause', 'Urgent suspected cancer: gynaecology', 'Pelvic floor']],
  ['Neurology', '400', ['Headache', 'First seizure', 'General', 'Movement disorders']],
  ['Orthopaedics', '110', ['Hip', 'Knee', 'Hand and wrist', 'Shoulder and elbow', 'Foot and ankle']],
  ['Respiratory medicine', '340', ['Asthma', 'Sleep', 'Breathlessness', 'Urgent suspected cancer: lung']],
  ['Rheumatology', '410', ['Early inflammatory arthritis', 'General', 'Osteoporosis']],
  ['Urology', '101', ['General', 'Stones', 'Urgent suspected cancer: urology', 'Continence']],
  ['Diabetic medicine', '307', ['Diabetes', 'Foot protection', 'Young adults']],
  ['Paediatrics', '420', ['General', 'Allergy', 'Constipation', 'Epilepsy']],
  ['Pain management', '191', ['General', 'Back pain']],
  ['Physiotherapy', '650', ['Musculoskeletal', 'Pelvic health', 'Hand therapy']],
];
