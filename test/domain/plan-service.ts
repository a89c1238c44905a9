import type { PlannedService } from '../../src/domain/plan.ts';
import type { Service } from '../../src/domain/service.ts';

export const OLD_ASID = '200000000220';
export const NEW_ASID = '200000001337';

/** A directly bookable service at site RXX01 with nothing wrong, changed where a test needs it. */
export function service(serviceId: string, more: Partial<Service> = {}): Service {
  return {
    serviceId,
    name: `Service ${serviceId}`,
    providerOrg: 'RXX',
    locationOrg: 'RXX01',
    specialty: '110',
    appointmentType: null,
    published: true,
    directlyBookable: true,
    effectiveFrom: null,
    effectiveTo: null,
    routine: true,
    urgent: true,
    twoWeekWait: false,
    onSecondaryCareMenu: false,
    slotReservationPeriod: 0,
    pollingRange: 42,
    transitionDate: null,
    endpointId: null,
    currentAsid: OLD_ASID,
    contactPhone: '0117 496 0000',
    hoursOfOperation: 'Monday to Friday, 9am to 5pm',
    businessCritical: null,
    ...more,
  };
}

export function planned(serviceId: string, more: Partial<PlannedService> = {}): PlannedService {
  return {
    serviceId,
    name: `Service ${serviceId}`,
    site: 'RXX01',
    specialty: '110',
    from: { organisation: 'RXX', asid: OLD_ASID },
    to: { organisation: 'RXX', asid: NEW_ASID },
    published: true,
    twoWeekWait: false,
    businessCritical: false,
    onSecondaryCareMenu: false,
    slotReservationPeriod: 0,
    ...more,
  };
}
