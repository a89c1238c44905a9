/** Why a service that was selected cannot be in the plan (rule 4). */
export const REFUSALS = ['not-directly-bookable', 'system-unknown', 'held'] as const;
export type ServiceRefusal = (typeof REFUSALS)[number];

/** What a person should know about a service, or about what was left out, before the plan is saved (rule 4). */
export const WARNINGS = [
  'unpublished',
  'already-on-target',
  'other-system-than-siblings',
  'not-an-old-system',
  'sibling-left-out',
  'slot-reservation',
  'transition-near-go-live',
  'ends-before-go-live',
  'no-polling-range',
] as const;
export type ServiceWarning = (typeof WARNINGS)[number];
