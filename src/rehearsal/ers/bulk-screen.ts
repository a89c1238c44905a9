import type { FastifyInstance, FastifyReply } from 'fastify';
import type { World } from '../rooms.ts';
import { formOf, paramOf } from '../web/forms.ts';
import { type BulkForm, EMPTY_FORM, readBulkForm } from './bulk-form.ts';
import { bulkTree } from './bulk-tree.ts';
import { pressUpdate, type UpdateProblem } from './bulk-update.ts';
import { DEFINER, facts, page } from './guard.ts';
import type { ErsSession } from './session.ts';

/** The Bulk Service Updates tab: the guidance's eight steps, on one screen that also works without JavaScript. */
export function bulkScreen(app: FastifyInstance, world: World): void {
  app.get(
    '/ers/bulk',
    page(world, DEFINER, ({ session, reply }) => show(world, session, reply, EMPTY_FORM)),
  );
  app.post(
    '/ers/bulk',
    page(world, DEFINER, ({ session, request, reply }) =>
      press(world, session, reply, readBulkForm(formOf(request), world.estate)),
    ),
  );
  app.get(
    '/ers/bulk/updates/:number',
    page(world, DEFINER, ({ session, request, reply }) => {
      const result = session.updates[Number(paramOf(request, 'number')) - 1];
      if (!result) return reply.redirect('/ers/bulk', 303);
      return world.pages.show(reply, 'bulk-result.njk', {
        ...facts(session),
        tab: 'bulk',
        result,
        system: world.estate.system(result.asid),
        organisation: result.organisation === null ? null : world.estate.organisation(result.organisation),
      });
    }),
  );
}

function press(world: World, session: ErsSession, reply: FastifyReply, form: BulkForm): FastifyReply {
  if (form.action === 'clear') return reply.redirect('/ers/services?cleared=yes', 303);
  if (form.action === 'modify-organisation')
    return show(world, session, reply, { ...form, modifyOrganisation: !form.modifyOrganisation, organisation: '' });
  if (form.action !== 'update') return show(world, session, reply, form);
  const result = pressUpdate(world, form, world.clock.now());
  if ('updated' in result) {
    world.counters.count('screen.updates');
    return reply.redirect(`/ers/bulk/updates/${session.updates.push(result)}`, 303);
  }
  world.counters.count('screen.refused');
  return show(world, session, reply, form, result);
}

function show(
  world: World,
  session: ErsSession,
  reply: FastifyReply,
  form: BulkForm,
  problems: readonly UpdateProblem[] = [],
): FastifyReply {
  const { estate } = world;
  const tree = bulkTree(estate, form);
  const screen = {
    ...facts(session),
    tab: 'bulk',
    form,
    tree,
    listed: tree.reduce((sum, organisation) => sum + organisation.count, 0),
    found: tree.reduce((sum, organisation) => sum + organisation.found, 0),
    selected: form.ticked.size,
    systems: estate.systems().filter((one) => form.modifyOrganisation || isHome(world, one.organisation)),
    organisations: estate.organisations(),
    problems,
  };
  return world.pages.show(reply, 'bulk.njk', screen, problems.length > 0 ? 422 : 200);
}

/** Without Modify Organisation only the systems of organisations that have services here can be chosen. */
function isHome(world: World, organisation: string): boolean {
  return world.estate.services().some((service) => service.organisation === organisation);
}
