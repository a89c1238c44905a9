import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Account, Person } from '../src/domain/person.ts';
import { isRole, ROLE_WORDS, ROLES } from '../src/domain/role.ts';
import { next, Refusal } from '../src/kernel/errors.ts';

const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role] }));
const MENTION = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/;
const ACCOUNT = /^(slack|teams|chat|cli):([^:]+):(.+)$/;

export const command = defineCommand({
  verb: 'grant',
  summary: 'Give somebody a role in this migration',
  examples: [
    '/bsu grant @name approver name="A. Pprover" email=person@trust.example',
    '/bsu grant person@trust.example tester',
  ],
  who: ['administrator', 'e-rs-lead'],
  menu: 'personal',
  needsMigration: false,
  input: z.object({
    who: z.string().meta({
      label: 'Who (a mention or an e-mail address)',
      field: 'text',
      word: '<@.+>|\\S+@\\S+\\.\\S+|(?:slack|teams|chat|cli):\\S+',
    }),
    role: z
      .string()
      .transform((word) => word.toLowerCase().replaceAll(' ', '-'))
      .refine(isRole, `Choose one of: ${ROLES.map((role) => ROLE_WORDS[role]).join(', ')}.`)
      .meta({ label: 'Role', field: 'choice', options: ROLE_OPTIONS, rest: true }),
    name: z.string().min(2).max(80).optional().meta({ label: 'Name, if new here', field: 'text', form: 'ask' }),
    email: z.email().optional().meta({ label: 'E-mail address, if new here', field: 'text', form: 'ask' }),
    telephone: z.string().max(30).optional().meta({ label: 'Telephone for the night', field: 'text', form: 'ask' }),
  }),
  async run(ctx, input) {
    const { role } = input;
    if (!isRole(role)) throw new Refusal('role', 'That is not a role.');
    const migrationId = role === 'administrator' ? null : (ctx.migration?.id ?? null);
    if (role === 'administrator' && !ctx.roles.includes('administrator')) {
      throw new Refusal('role', 'Only an administrator makes another administrator.');
    }
    if (role !== 'administrator' && migrationId === null) {
      throw new Refusal('no-migration', 'Say in which migration: run this in its channel, or add migration=NUMBER.');
    }
    const account = accountIn(input.who, ctx);
    const person = await personFor(ctx, input, account);
    await refuseSelfByLent(ctx, person);
    if (account) await refuseSecondAccount(ctx, person, account, input.email);
    if (account && !(await ctx.store.people.join(person.id, account, ctx.now.toString()))) {
      throw new Refusal(
        'account-taken',
        'That account belongs to somebody else here. Check who you mean with `/bsu people`.',
        {
          remedy: [next('People', 'people')],
        },
      );
    }
    const done = await ctx.store.people.grant(person.id, migrationId, role, ctx.person.id, ctx.now.toString());
    if (done) ctx.record({ act: 'role.granted', about: `person:${person.id}`, facts: { role } });
    return answer(
      'role.changed',
      {
        name: person.name,
        role: ROLE_WORDS[role],
        change: done ? 'granted' : 'held already',
        account: account?.platform ?? null,
      },
      { next: [next('People', 'people'), next('Add another', 'grant')] },
    );
  },
});

/** A mention in a channel names an account of that workspace; an address names nobody's account (rule 9). */
function accountIn(who: string, ctx: CommandContext): Account | null {
  const mentioned = MENTION.exec(who)?.[1];
  if (mentioned !== undefined && ctx.account.platform !== 'cli') {
    return { platform: ctx.account.platform, tenant: ctx.account.tenant, userId: mentioned, guest: false };
  }
  const [, platform, tenant, userId] = ACCOUNT.exec(who) ?? [];
  if (!platform || !tenant || !userId) return null;
  return { platform: platform as Account['platform'], tenant, userId, guest: false };
}

/** A role that was lent for a time must not make itself, or another, last. */
async function refuseSelfByLent(ctx: CommandContext, person: Person): Promise<void> {
  if (person.id !== ctx.person.id || ctx.roles.includes('administrator')) return;
  const holders = ctx.migration ? await ctx.store.people.holders(ctx.migration.id) : [];
  const own = holders.some((one) => one.person.id === ctx.person.id && one.role === 'e-rs-lead' && one.lentBy === null);
  if (own) return;
  throw new Refusal(
    'lent-role',
    'You are e-RS lead for somebody else for a time, so you cannot give yourself a role. Ask them, or an administrator.',
    { remedy: [next('People', 'people')] },
  );
}

/**
 * The granter's word joins a person's first chat account, so that a new colleague and the first administrator can begin. A
 * second is joined by its owner alone, who proves both (rule 9).
 */
async function refuseSecondAccount(
  ctx: CommandContext,
  person: Person,
  account: Account,
  email: string | undefined,
): Promise<void> {
  const owner = await ctx.store.people.byAccount(account);
  const named = email === undefined ? null : await ctx.store.people.byEmail(email);
  if (owner && named && owner.id !== named.id) {
    throw new Refusal(
      'account-taken',
      `That account belongs to ${owner.name}, and the address to ${named.name}. Check who you mean with \`/bsu people\`.`,
      { remedy: [next('People', 'people')] },
    );
  }
  if (owner || !(await ctx.store.people.hasChatAccount(person.id))) return;
  throw new Refusal(
    'prove-both',
    `${person.name} has a chat account here already. Another one is joined only by proving both: they type \`/bsu link\` in the one that is known, and the code in the new one. Nothing was granted; without the account, grant the role to ${person.email}.`,
    { remedy: [next('People', 'people')] },
  );
}

async function personFor(
  ctx: CommandContext,
  input: { who: string; name?: string | undefined; email?: string | undefined; telephone?: string | undefined },
  account: Account | null,
): Promise<Person> {
  const email = input.email ?? (account ? undefined : input.who);
  const known =
    (account && (await ctx.store.people.byAccount(account))) ?? (email ? await ctx.store.people.byEmail(email) : null);
  if (known) return known;
  if (!z.email().safeParse(email).success || !input.name) {
    throw new Refusal(
      'unknown-person',
      'I do not know this person yet. Give a name and an e-mail address too, for example: name="A tester" email=tester@trust.example',
      {
        fields: {
          ...(input.name ? {} : { name: 'Give the name.' }),
          ...(email ? {} : { email: 'Give the e-mail address.' }),
        },
      },
    );
  }
  const person = await ctx.store.people.add(
    { name: input.name, email: email ?? '', telephone: input.telephone ?? null },
    ctx.now.toString(),
  );
  ctx.record({ act: 'person.added', about: `person:${person.id}`, facts: {} });
  return person;
}
