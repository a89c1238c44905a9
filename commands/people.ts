import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { ROLE_WORDS } from '../src/domain/role.ts';
import { next } from '../src/kernel/errors.ts';

export const command = defineCommand({
  verb: 'people',
  summary: 'Who has which role, with telephones',
  examples: ['/bsu people'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({}),
  async run(ctx) {
    const holders = ctx.migration ? await ctx.store.people.holders(ctx.migration.id) : [];
    const people = new Map<number, { name: string; email: string; telephone: string | null; roles: string[] }>();
    for (const { person, role, lentBy } of holders) {
      const entry = people.get(person.id) ?? {
        name: person.name,
        email: person.email,
        telephone: person.telephone,
        roles: [],
      };
      const owner = holders.find((holder) => holder.person.id === lentBy)?.person.name;
      entry.roles.push(owner === undefined ? ROLE_WORDS[role] : `${ROLE_WORDS[role]} (for ${owner})`);
      people.set(person.id, entry);
    }
    return answer('people', { people: [...people.values()] }, { next: [next('Give a role', 'grant')] });
  },
});
