import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import type { RoleHolder } from '../src/domain/person.ts';
import type { Plan } from '../src/domain/plan.ts';
import { isLive, STATE_WORDS } from '../src/domain/plan-state.ts';
import { ROLE_WORDS } from '../src/domain/role.ts';
import { next } from '../src/kernel/errors.ts';
import { migrationOf } from './running/run-of.ts';

export const command = defineCommand({
  verb: 'tonight',
  summary: 'Who is on tonight, with telephones, deputies and contacts',
  examples: ['/bsu tonight'],
  who: 'member',
  menu: 'personal',
  needsMigration: true,
  input: z.object({}),
  async run(ctx) {
    const migration = migrationOf(ctx);
    const plan = (await ctx.store.plans.list(migration.id)).find((one) => isLive(one.state)) ?? null;
    const holders = await ctx.store.people.holders(migration.id);
    const { contacts } = migration;
    return answer(
      'run.tonight',
      {
        migration: migration.name,
        zone: migration.zone,
        plan: plan === null ? null : { number: plan.number, state: STATE_WORDS[plan.state] },
        windows: plan === null ? [] : await ctx.store.windows.of(plan.id),
        outage: migration.outage,
        oldPasUntil: migration.oldPasUntil,
        people: peopleTonight(holders, plan),
        contacts: [
          { label: 'e-RS support', value: contacts.ersSupport },
          { label: 'Outage notifications', value: contacts.outageSignUp },
          { label: 'PAS supplier tonight', value: contacts.pasSupplier },
          { label: 'Test environment', value: contacts.testEnvironment },
        ].filter(({ value }) => value !== ''),
      },
      { next: [next('The run', 'run', { what: 'check' }), next('The go', 'go')] },
    );
  },
});

/** Those whom the night needs, the plan's own service definer and deputy named as such. */
function peopleTonight(holders: readonly RoleHolder[], plan: Plan | null) {
  return holders
    .filter(({ role }) => role !== 'observer' && role !== 'administrator')
    .map(({ person, role }) => ({
      role: role === 'service-definer' ? definerWords(person.id, plan) : ROLE_WORDS[role],
      name: person.name,
      telephone: person.telephone,
    }));
}

function definerWords(personId: number, plan: Plan | null): string {
  if (plan?.runnerId === personId) return 'service definer tonight';
  return plan?.deputyId === personId ? 'deputy service definer' : ROLE_WORDS['service-definer'];
}
