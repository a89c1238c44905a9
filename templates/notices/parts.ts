import type { NoticeFacts } from '../../src/domain/notice.ts';
import { counted } from '../../src/kernel/time-words.ts';
import type { NoticeSection } from './document.ts';
import { list, points, section, text, written } from './document.ts';

const SITES_SHOWN = 8;

export function whatToDo({ wording }: NoticeFacts): NoticeSection {
  return section(
    'What to do with other referrals',
    list([`Urgent: ${wording.urgent ?? ''}`, `Routine: ${wording.routine ?? ''}`]),
  );
}

export function worksAndStops({ wording }: NoticeFacts): NoticeSection[] {
  return [
    section('What does not work during the outage', points(wording.stops ?? '')),
    section('What still works', points(wording.works ?? '')),
  ];
}

export function failedBookings({ wording }: NoticeFacts): NoticeSection {
  return section(
    'Bookings tried during the outage',
    text(
      'They do not go through. Each becomes an appointment slot issue (ASI), which means that we have to contact the patient.',
    ),
    ...written(wording.patientContact ?? ''),
  );
}

export function continuity({ wording }: NoticeFacts): NoticeSection {
  return section('How care goes on meanwhile', ...written(wording.continuity ?? ''));
}

/** The count, the sites, and who else may refer there; the page has the whole list. */
export function servicesAffected({ services }: NoticeFacts): NoticeSection {
  const shown = services.sites.slice(0, SITES_SHOWN);
  const rest = services.sites.length - shown.length;
  const items = shown.map(
    (site) => `${site.name}${site.name === site.code ? '' : ` (${site.code})`}: ${counted(site.count, 'service')}`,
  );
  return section(
    'Services affected',
    text(
      `${counted(services.count, 'service')} at ${counted(services.sites.length, 'site')}${cancerCount(services.urgentSuspectedCancer)}.`,
    ),
    list(rest === 0 ? items : [...items, `and ${counted(rest, 'more site')}`]),
    ...(services.onNationalMenu
      ? [
          text(
            'Some of these services can be seen by referrers everywhere in England. Please tell neighbours who refer to us.',
          ),
        ]
      : []),
  );
}

export function contact({ wording }: NoticeFacts, heading = 'Contact on the day'): NoticeSection {
  return section(
    heading,
    list([
      `Telephone: ${wording.contactPhone ?? ''}`,
      `Email: ${wording.contactEmail ?? ''}`,
      `Hours: ${wording.contactHours ?? ''}`,
    ]),
  );
}

export function nextUpdate({ wording }: NoticeFacts): NoticeSection {
  return section('Next update', ...written(wording.nextUpdate ?? ''));
}

export interface CancerBox {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

/** What people wrote; the telephone number stands here too, whether they thought of it or not. */
export function cancerFirst({ wording }: NoticeFacts): CancerBox {
  const paragraphs = written(wording.cancer ?? '').flatMap((block) =>
    block.kind === 'text' ? [block.text] : block.items,
  );
  const { contactPhone: phone = '', contactHours: hours = '' } = wording;
  const said = paragraphs.some((one) => digits(one).includes(digits(phone)));
  return cancerBox([...paragraphs, ...(phone === '' || said ? [] : [`Telephone ${phone}. Hours: ${hours}`])]);
}

/** Where nothing is special any more: the route is the usual one, and nobody is left without a number. */
export function cancerAsUsual({ wording }: NoticeFacts): CancerBox {
  return cancerBox([
    `Refer and book in e-RS as usual. If no appointment is offered, telephone us on ${wording.contactPhone ?? ''}. Do not hold the referral.`,
  ]);
}

export function cancerBox(paragraphs: readonly string[]): CancerBox {
  return { heading: 'Urgent suspected cancer referrals', paragraphs };
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}

export function referenceLine({ reference, version, replaces }: NoticeFacts): string {
  return `Notice ${reference}, version ${version}${replaces === null ? '' : `. It takes the place of notice ${replaces}`}.`;
}

function cancerCount(count: number): string {
  return count === 0 ? '' : `, ${count} of them for urgent suspected cancer`;
}
