import type { Defaulted, Id, Instant, Json } from './installation.ts';

/** One imported file. Extracts and supplements get a number when they are published; nobody sees a row before that. */
export interface SnapshotTable {
  id: Id;
  migration_id: number;
  number: number | null;
  kind: 'extract' | 'supplement' | 'practices' | 'trusts' | 'recipients';
  status: Defaulted<'loading' | 'staged' | 'published'>;
  base_id: number | null;
  /** The extract at the bottom; of an extract itself null. */
  extract_id: number | null;
  file_name: string;
  sha256: string;
  encoding: string;
  /** An ISO date as text. */
  taken: string | null;
  columns: Json<readonly string[]>;
  rows_read: Defaulted<number>;
  services: Defaulted<number>;
  elsewhere: Defaulted<number>;
  errors: Defaulted<number>;
  warnings: Defaulted<number>;
  flaw_counts: Json<object>;
  imported_by: number;
  touched_at: Instant;
  published_at: Instant | null;
  /** From then on nobody sees its rows; later the last of them is taken out. */
  rows_deleted_at: Defaulted<Instant | null>;
  rows_removed_at: Defaulted<Instant | null>;
}

export interface ServiceTable {
  snapshot_id: number;
  service_id: string;
  name: string;
  provider_org: string;
  location_org: string;
  specialty: string | null;
  appointment_type: string | null;
  published: boolean | null;
  directly_bookable: boolean;
  effective_from: string | null;
  effective_to: string | null;
  routine: boolean | null;
  urgent: boolean | null;
  two_week_wait: boolean | null;
  on_secondary_care_menu: boolean | null;
  slot_reservation_period: number | null;
  polling_range: number | null;
  transition_date: string | null;
  endpoint_id: string | null;
  current_asid: string | null;
  contact_phone: string | null;
  hours_of_operation: string | null;
  business_critical: boolean | null;
}

/** What a supplement says of a service, before it is laid over its base: column name to value. */
export interface SupplementRowTable {
  snapshot_id: number;
  line: number;
  service_id: string;
  set: Json<object>;
}

export interface RecipientRowTable {
  snapshot_id: number;
  line: number;
  row: Json<object>;
}

export interface ImportFlawTable {
  snapshot_id: number;
  seq: number;
  line: number;
  column_name: string | null;
  value: string | null;
  code: string;
  other_line: number | null;
}

export interface OrganisationTable {
  snapshot_id: number;
  code: string;
  name: string;
  kind: 'practice' | 'prescribing-centre' | 'trust' | 'site';
  parent: string | null;
  commissioner: string | null;
  telephone: string | null;
  opened: string | null;
  closed: string | null;
  active: boolean;
}

/** A named person's word that a column which the file lacks is complete in e-RS for a site (rule 5). */
export interface AttestationTable {
  id: Id;
  extract_id: number;
  site: string;
  column_name: string;
  person_id: number;
  at: Instant;
}
