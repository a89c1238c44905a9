import type { CommandContext } from '../../src/command.ts';
import type { Person } from '../../src/domain/person.ts';

const MENTION = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/;

/** Whom somebody names: "me", a mention in the asker's own chat, an e-mail address, or a name that one of `among` alone has. Null: nobody known. */
export async function personMeant(
  ctx: CommandContext,
  typed: string,
  among: readonly Person[],
): Promise<Person | null> {
  const words = typed.trim();
  if (words.toLowerCase() === 'me') return ctx.person;
  const mentioned = MENTION.exec(words)?.[1];
  const { platform, tenant } = ctx.account;
  if (mentioned !== undefined) {
    return ctx.store.people.byAccount({ platform, tenant, userId: mentioned, guest: false });
  }
  if (words.includes('@')) return ctx.store.people.byEmail(words);
  const named = among.filter(({ name }) => name.toLowerCase() === words.toLowerCase());
  return named.length === 1 ? (named[0] ?? null) : null;
}
