/** What a service is linked to: an organisation (ODS code) and a provider system in it (ASID, 12 digits, text). */
export interface Link {
  readonly organisation: string;
  readonly asid: string;
}

/** One row of the e-RS services extract (EBSX05-like), as read. `null` is blank; `undefined` never occurs. */
export interface Service {
  readonly serviceId: string;
  readonly name: string;
  readonly providerOrg: string;
  readonly locationOrg: string;
  readonly specialty: string | null;
  readonly appointmentType: string | null;
  readonly published: boolean | null;
  readonly directlyBookable: boolean;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly routine: boolean | null;
  readonly urgent: boolean | null;
  readonly twoWeekWait: boolean | null;
  readonly onSecondaryCareMenu: boolean | null;
  readonly slotReservationPeriod: number | null;
  readonly pollingRange: number | null;
  readonly transitionDate: string | null;
  readonly endpointId: string | null;
  readonly currentAsid: string | null;
  readonly contactPhone: string | null;
  readonly hoursOfOperation: string | null;
  readonly businessCritical: boolean | null;
}
