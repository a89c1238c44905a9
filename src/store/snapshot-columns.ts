import type { Service } from '../domain/service.ts';

/** A service's fields, their columns, and the columns' types. */
export const SERVICE_COLUMNS: readonly (readonly [keyof Service, string, 'text' | 'boolean' | 'integer'])[] = [
  ['serviceId', 'service_id', 'text'],
  ['name', 'name', 'text'],
  ['providerOrg', 'provider_org', 'text'],
  ['locationOrg', 'location_org', 'text'],
  ['specialty', 'specialty', 'text'],
  ['appointmentType', 'appointment_type', 'text'],
  ['published', 'published', 'boolean'],
  ['directlyBookable', 'directly_bookable', 'boolean'],
  ['effectiveFrom', 'effective_from', 'text'],
  ['effectiveTo', 'effective_to', 'text'],
  ['routine', 'routine', 'boolean'],
  ['urgent', 'urgent', 'boolean'],
  ['twoWeekWait', 'two_week_wait', 'boolean'],
  ['onSecondaryCareMenu', 'on_secondary_care_menu', 'boolean'],
  ['slotReservationPeriod', 'slot_reservation_period', 'integer'],
  ['pollingRange', 'polling_range', 'integer'],
  ['transitionDate', 'transition_date', 'text'],
  ['endpointId', 'endpoint_id', 'text'],
  ['currentAsid', 'current_asid', 'text'],
  ['contactPhone', 'contact_phone', 'text'],
  ['hoursOfOperation', 'hours_of_operation', 'text'],
  ['businessCritical', 'business_critical', 'boolean'],
];
