import type { FastifyInstance } from 'fastify';
import { contactGaps } from '../estate.ts';
import type { World } from '../rooms.ts';
import { field, formOf, queryOf } from '../web/forms.ts';
import { DEFINER, facts, page } from './guard.ts';

/** Patient contact details in the directory of services: every gap on one page, because gaps make the bulk tool fail. */
export function contactPages(app: FastifyInstance, world: World): void {
  app.get(
    '/ers/contact-details',
    page(world, DEFINER, ({ session, request, reply }) => {
      const services = world.estate.services().filter((one) => contactGaps(one).length > 0);
      const saved = queryOf(request, 'saved');
      return world.pages.show(reply, 'contact-details.njk', { ...facts(session), tab: 'contact', services, saved });
    }),
  );
  app.post(
    '/ers/contact-details',
    page(world, DEFINER, ({ request, reply }) => {
      const form = formOf(request);
      const fillAll = field(form, 'action') === 'fill-all';
      let saved = 0;
      for (const service of world.estate.services().filter((one) => contactGaps(one).length > 0)) {
        const typed = (name: string, example: string): string =>
          field(form, `${name}-${service.serviceId}`) || (fillAll ? example : '');
        const contactPhone = service.contactPhone ?? (typed('phone', EXAMPLE_PHONE) || null);
        const hoursOfOperation = service.hoursOfOperation ?? (typed('hours', EXAMPLE_HOURS) || null);
        const changed = { ...service, contactPhone, hoursOfOperation };
        if (contactGaps(changed).length < contactGaps(service).length) saved += 1;
        world.estate.save(changed);
      }
      return reply.redirect(`/ers/contact-details?saved=${saved}`, 303);
    }),
  );
}

const EXAMPLE_PHONE = '01632 960991';
const EXAMPLE_HOURS = 'Monday to Friday 9am to 5pm';
