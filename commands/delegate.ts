import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import type { Migration } from '../src/domain/migration.ts';
import type { Person } from '../src/domain/person.ts';
import { isRole, ROLE_WORDS, ROLES } from '../src/domain/role.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf } from './plan/on-plan.ts';
import { giveBack } from './verifying/owners.ts';

const LONGEST_DAYS = 31;

export const command = defineCommand({
  verb: 'delegate',
  summary: 'Lend one of your roles to a colleague while you are away',
  examples: [
    '/bsu delegate approver colleague@trust.example until="Friday 5pm"',
    '/bsu delegate end',
    '/bsu delegate approver @name until="2026-12-11 17:00"',
  ],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  takesRoles: true,
  input: z
    .object({
      end: z.enum(['end', 'yes']).optional().meta({ label: 'Take back', form: 'never', word: 'end', flag: true }),
      to: z
        .string()
        .optional()
        .meta({ label: 'To whom (e-mail address)', field: 'text', form: 'ask', word: '<@.+>|\\S+@\\S+\\.\\S+' }),
      until: z.string().optional().meta({ label: 'Until', hint: 'Like Friday 5pm', field: 'text', form: 'ask' }),
      role: z
        .string()
        .transform((word) => word.toLowerCase().replaceAll(' ', '-'))
        .optional()
        .meta({
          label: 'Role',
          field: 'choice',
          form: 'ask',
          rest: true,
          options: ROLES.filter((role) => role !== 'administrator').map((role) => ({
            value: role,
            label: ROLE_WORDS[role],
          })),
        }),
    })
    .superRefine((input, check) => {
      if (input.end !== undefined) return;
      const need = (path: 'role' | 'to' | 'until', message: string) => {
        if (input[path] === undefined) check.addIssue({ code: 'custom', path: [path], message });
      };
      need('role', 'Which of your roles?');
      need('to', 'To whom?');
      need('until', 'Until when?');
    }),
  async run(ctx, input) {
    const migration = migrationOf(ctx);
    if (input.end !== undefined) return takenBack(ctx, migration);
    const role = await ownRole(ctx, migration, input.role ?? '');
    const colleague = await colleagueOf(ctx, input.to ?? '');
    const until = readLocalTime(input.until ?? '', migration.zone, ctx.now);
    refuseTime(ctx, until);
    const { delegations } = ctx.store;
    const at = ctx.now.toString();
    if (!(await delegations.lend(migration.id, role, ctx.person.id, colleague.id, at, until.toString()))) {
      throw new Refusal(
        'lent-already',
        `You lend this role to somebody already, or ${colleague.name} is ${ROLE_WORDS[role]} in their own right. Take it back first, or choose somebody else.`,
        { remedy: [next('Take it back', 'delegate', { end: 'end' }), next('People', 'people')] },
      );
    }
    ctx.record({
      act: 'role.lent',
      about: `person:${ctx.person.id}`,
      facts: { role, to: colleague.id, until: until.toString() },
    });
    return answer(
      'role.lent',
      { role: ROLE_WORDS[role], to: colleague.name, until: until.toString(), zone: migration.zone },
      { next: [next('Take it back', 'delegate', { end: 'end' }), next('People', 'people')] },
    );
  },
});

async function takenBack(ctx: CommandContext, migration: Migration): Promise<Answer> {
  const answeredFor = await ctx.store.findings.open(migration);
  const ended = await ctx.store.delegations.takeBack(migration.id, ctx.person.id, ctx.now.toString());
  const roles = ended.map(({ role }) => (isRole(role) ? ROLE_WORDS[role] : role));
  if (ended.length > 0) {
    ctx.record({ act: 'role.taken-back', about: `person:${ctx.person.id}`, facts: { roles } });
    for (const { toId } of ended) await giveBack(ctx, toId, answeredFor);
  }
  return answer('role.taken-back', { roles });
}

/** A role that the asker holds in their own right: what was lent is not lent on. */
async function ownRole(ctx: CommandContext, migration: Migration, role: string) {
  const mine = (await ctx.store.people.holders(migration.id)).filter(
    ({ person, lentBy }) => person.id === ctx.person.id && lentBy === null,
  );
  const found = mine.find((entry) => entry.role === role);
  if (found) return found.role;
  const words = mine.map((entry) => ROLE_WORDS[entry.role]).join(', ') || 'none';
  throw new Refusal('not-yours', `You can lend only a role of your own here. Yours: ${words}.`, {
    remedy: [next('People', 'people')],
    fields: { role: 'Choose one of your own roles.' },
  });
}

async function colleagueOf(ctx: CommandContext, typed: string): Promise<Person> {
  const mentioned = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(typed)?.[1];
  const { platform, tenant } = ctx.account;
  const person =
    mentioned === undefined
      ? await ctx.store.people.byEmail(typed)
      : await ctx.store.people.byAccount({ platform, tenant, userId: mentioned, guest: false });
  if (person && person.id !== ctx.person.id) return person;
  const why = person ? 'That is you.' : `I do not know "${typed}".`;
  throw new Refusal('unknown-person', `${why} Lend it to a colleague who has a role here already.`, {
    remedy: [next('People', 'people')],
    fields: { to: 'Give the e-mail address that `/bsu people` shows.' },
  });
}

function refuseTime(ctx: CommandContext, until: Temporal.Instant): void {
  const days = ctx.now.until(until).total('days');
  if (days > 0 && days <= LONGEST_DAYS) return;
  throw new Refusal('lent-time', `A role is lent for at most ${LONGEST_DAYS} days from now.`, {
    fields: { until: 'Give a time that is still to come, at most a month away.' },
  });
}
