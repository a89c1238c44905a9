/** An organisation or site as ODS lists it. Dates are ISO days; null is open or unknown. */
export interface Organisation {
  readonly code: string;
  readonly name: string;
  readonly kind: 'practice' | 'prescribing-centre' | 'trust' | 'site';
  /** Of a site: its trust. */
  readonly parent: string | null;
  /** Of a practice: the code of its commissioner, as ODS has it. */
  readonly commissioner: string | null;
  readonly telephone: string | null;
  readonly opened: string | null;
  readonly closed: string | null;
  readonly active: boolean;
}
