import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import { LINK_MINUTES, minutesLeft, type OpenLink } from '../src/domain/joining.ts';
import { type Account, accountName, isProven } from '../src/domain/person.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { hashOfCode, newSecretCode } from '../src/kernel/secret-code.ts';

export const command = defineCommand({
  verb: 'link',
  summary: 'Join your account on the other platform: a code from one, typed in the other',
  examples: ['/bsu link', '/bsu link K7QM-4F2X-9BTD'],
  who: 'known',
  menu: 'none',
  needsMigration: false,
  input: z.object({
    code: z
      .string()
      .max(30)
      .optional()
      .meta({ label: 'Code from your other account', word: '[0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]{4}' }),
    answer: z.enum(['yes', 'no', 'new']).optional().meta({ label: 'Answer', form: 'never', word: 'yes|no|new' }),
    /** The account on the card that was clicked: another one that came since is not confirmed by it. */
    account: z.string().max(200).optional().meta({ label: 'Account', form: 'never' }),
  }),
  /** The one thing that an unknown account may do: type a code that a known person was given (rule 9). */
  async door(at, input) {
    if (typeof input.code !== 'string') return null;
    refuseUnproven(at.account);
    const claimed = await at.store.accountLinks.claim(hashOfCode(input.code), at.account, at.now.toString());
    if (claimed === null) throw wrongCode();
    return {
      answer: answer('link.claimed', { minutes: minutesLeft(claimed.expiresAt, at.now) }),
      note: { act: 'link.claimed', about: `person:${claimed.personId}`, facts: {} },
    };
  },
  async run(ctx, input) {
    refuseUnproven(ctx.account);
    if (input.code !== undefined) {
      throw new Refusal(
        'account-known',
        'I know this account already, so it cannot be joined to another. Type the code in the account that I do not know yet.',
        { remedy: [next('My code', 'link')] },
      );
    }
    const link = await ctx.store.accountLinks.openOf(ctx.person.id, ctx.now.toString());
    if (input.answer === 'yes' || input.answer === 'no') return ended(ctx, link, input.answer === 'yes', input.account);
    if (link === null || input.answer === 'new') return newCode(ctx);
    return answer('link.waiting', {
      account: link.account && accountName(link.account),
      minutes: minutesLeft(link.expiresAt, ctx.now),
    });
  },
});

async function newCode(ctx: CommandContext): Promise<Answer> {
  const code = newSecretCode();
  const expires = ctx.now.add({ minutes: LINK_MINUTES });
  await ctx.store.accountLinks.open(ctx.person.id, hashOfCode(code), ctx.now.toString(), expires.toString());
  ctx.record({ act: 'link.opened', about: `person:${ctx.person.id}`, facts: {} });
  return answer('link.code', { code, minutes: LINK_MINUTES }, { next: [next('I have typed it', 'link')] });
}

/** The known account's word, on the account that typed the code. */
async function ended(
  ctx: CommandContext,
  link: OpenLink | null,
  yes: boolean,
  shown: string | undefined,
): Promise<Answer> {
  const account = link?.account ?? null;
  if (link === null || account === null) {
    throw new Refusal('no-link', 'Nobody has typed a code of yours that is still good. Ask for a new one.', {
      remedy: [next('New code', 'link', { answer: 'new' })],
    });
  }
  const name = accountName(account);
  if (yes && shown !== name) {
    throw new Refusal('stale-card', `Look first at which account typed your code, then confirm: it is ${name}.`, {
      remedy: [next('Look', 'link')],
    });
  }
  const now = ctx.now.toString();
  if (yes && !(await ctx.store.people.join(ctx.person.id, account, now))) {
    throw new Refusal('account-taken', 'Meanwhile that account was given to somebody else here. Ask an administrator.');
  }
  await ctx.store.accountLinks.end(link.id, yes ? 'joined' : 'refused', now);
  ctx.record({
    act: yes ? 'account.joined' : 'link.refused',
    about: `person:${ctx.person.id}`,
    facts: { platform: account.platform },
  });
  return answer('link.ended', { account: name, joined: yes });
}

/** Only full members of the workspace or tenant, and only platforms that prove who is typing. */
function refuseUnproven(account: Account): void {
  if (account.guest) {
    throw new Refusal(
      'guest',
      'A guest account cannot be joined. Use your account as a full member, or ask the e-RS lead for a role for this one.',
    );
  }
  if (!isProven(account.platform)) {
    throw new Refusal(
      'operator',
      'The command line, and a page that an operator opened for you, do not prove who is typing, so no account is joined through them.',
    );
  }
}

function wrongCode(): Refusal {
  return new Refusal(
    'wrong-code',
    `That code is not good: it may be mistyped, used already, or older than ${LINK_MINUTES} minutes. Get a new one with \`/bsu link\` in the account that is known here.`,
  );
}
