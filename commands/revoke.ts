import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { isRole, ROLE_WORDS, ROLES } from '../src/domain/role.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { giveBack } from './verifying/owners.ts';

export const command = defineCommand({
  verb: 'revoke',
  summary: 'Take a role from somebody',
  examples: ['/bsu revoke person@trust.example tester'],
  who: ['administrator', 'e-rs-lead'],
  menu: 'none',
  needsMigration: false,
  takesRoles: true,
  input: z.object({
    who: z
      .email('Give the e-mail address that `/bsu people` shows.')
      .meta({ label: 'E-mail address', field: 'text', word: '\\S+@\\S+' }),
    role: z
      .string()
      .transform((word) => word.toLowerCase().replaceAll(' ', '-'))
      .refine(isRole, `Choose one of: ${ROLES.map((role) => ROLE_WORDS[role]).join(', ')}.`)
      .meta({
        label: 'Role',
        field: 'choice',
        options: ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role] })),
        rest: true,
      }),
  }),
  async run(ctx, input) {
    const { role } = input;
    const person = await ctx.store.people.byEmail(input.who);
    if (!person || !isRole(role)) {
      throw new Refusal('unknown-person', `Nobody here has the address ${input.who}.`, {
        remedy: [next('People', 'people')],
      });
    }
    if (role === 'administrator' && !ctx.roles.includes('administrator')) {
      throw new Refusal('role', "Only an administrator takes an administrator's role.");
    }
    const migrationId = role === 'administrator' ? null : (ctx.migration?.id ?? null);
    const answeredFor = ctx.migration ? await ctx.store.findings.open(ctx.migration) : [];
    const done = await ctx.store.people.revoke(person.id, migrationId, role, ctx.person.id, ctx.now.toString());
    if (done) await ctx.store.pageLinks.endAllOf([person.id]);
    if (done) ctx.record({ act: 'role.revoked', about: `person:${person.id}`, facts: { role } });
    if (done) await giveBack(ctx, person.id, answeredFor);
    return answer(
      'role.changed',
      { name: person.name, role: ROLE_WORDS[role], change: done ? 'revoked' : 'not held', account: null },
      { next: [next('People', 'people')] },
    );
  },
});
