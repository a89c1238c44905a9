import type { Answer, CommandContext } from '../command.ts';
import { vouchedAccount } from '../domain/page-link.ts';
import type { Account, Person } from '../domain/person.ts';
import { Refusal } from '../kernel/errors.ts';
import type { Request } from './request.ts';

/**
 * The answer's pages as links for the asker alone, in the verb's transaction. None where others see the answer, or where it is
 * not known how this service is reached. On an operator's command line the link may be for another known person (rule 30).
 */
export async function withLinks(
  context: CommandContext,
  answer: Answer,
  request: Request,
  at: { readonly publicUrl: string; readonly now: Temporal.Instant },
): Promise<Answer> {
  const { pages = [] } = answer;
  if (request.linkFor !== undefined && pages.length === 0) {
    throw new Refusal('no-page', 'That has no page to link to. Ask for something that has one, for example a plan.');
  }
  if (!request.private || at.publicUrl === '' || pages.length === 0) return answer;
  const { person, account } = await ownerOf(context, request.linkFor);
  const migrationId = context.migration?.id ?? null;
  const links = [];
  for (const { label, path } of pages) {
    const token = await context.store.pageLinks.give({ personId: person.id, account, migrationId, path }, at.now);
    links.push({ label, url: `${at.publicUrl}/open/${token}` });
  }
  return { ...answer, links };
}

async function ownerOf(
  context: CommandContext,
  email: string | undefined,
): Promise<{ person: Person; account: Account }> {
  if (email === undefined) return { person: context.person, account: context.account };
  if (context.account.platform !== 'cli') {
    throw new Refusal('operator', 'Only an operator on the command line gives out a link for somebody else.');
  }
  const person = await context.store.people.byEmail(email);
  const roles = person ? await context.store.people.rolesOf(person.id, context.migration?.id ?? null) : [];
  if (!person || roles.length === 0) {
    throw new Refusal(
      'unknown-person',
      `Nobody with a role here has the address ${email}. \`/bsu people\` lists them.`,
    );
  }
  const account = vouchedAccount(person.email);
  if (!(await context.store.people.join(person.id, account, context.now.toString()))) {
    throw new Refusal('account-taken', 'That address belongs to somebody else here. Ask an administrator.');
  }
  context.record({ act: 'page.link-given', about: `person:${person.id}`, facts: {} });
  return { person, account };
}
