import type { EstateSeed } from './estate.ts';
import { PARTNER, PROVIDER, SITES, SYSTEMS } from './sample-organisations.ts';
import { sampleServices } from './sample-services.ts';

/** What the e-RS rehearsal server knows at the start: the sample provider with so many directly bookable services. */
export function sampleSeed(directlyBookable: number): EstateSeed {
  return {
    organisations: [PROVIDER, PARTNER],
    sites: SITES,
    systems: SYSTEMS,
    services: sampleServices(directlyBookable).map((one) => ({
      serviceId: one.serviceId,
      name: one.name,
      organisation: one.organisation,
      site: one.site,
      asid: one.asid,
      specialty: one.specialty,
      directlyBookable: one.directlyBookable,
      published: one.published,
      contactPhone: one.contactPhone,
      hoursOfOperation: one.hoursOfOperation,
      twoWeekWait: one.twoWeekWait,
      businessCritical: one.businessCritical,
    })),
  };
}
