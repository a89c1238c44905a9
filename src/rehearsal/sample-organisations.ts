import type { Organisation, ProviderSystem, Site } from './estate.ts';

/** The rehearsal's own provider: plainly fictional, with codes that ODS has not given to anybody. */
export const PROVIDER: Organisation = { code: 'XR1', name: 'Rehearsal Hospitals NHS Trust' };
/** For rehearsing a merger: Modify Organisation. */
export const PARTNER: Organisation = { code: 'XR2', name: 'Rehearsal Partnership NHS Trust' };

export const CITY: Site = { code: 'XR101', name: 'Rehearsal City Hospital' };
export const GENERAL: Site = { code: 'XR102', name: 'Rehearsal General Hospital' };
export const PARK: Site = { code: 'XR103', name: 'Rehearsal Park Hospital' };
export const SITES: readonly Site[] = [CITY, GENERAL, PARK];

export const OLD_ASID = '200000000220';
export const NEW_ASID = '200000001337';
export const SYSTEMS: readonly ProviderSystem[] = [
  { asid: OLD_ASID, organisation: PROVIDER.code, name: 'Rehearsal PAS, the old one' },
  { asid: NEW_ASID, organisation: PROVIDER.code, name: 'Rehearsal PAS, the new one' },
  { asid: '200000000311', organisation: PROVIDER.code, name: 'Rehearsal maternity system' },
  { asid: '200000002218', organisation: PARTNER.code, name: 'Partnership PAS' },
];
