import { type Answer, answer, type CommandContext } from '../../src/command.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';

/** The page of the migration's hours; null without a public address, and for who holds no role in the migration. */
export async function hoursPageOf(ctx: CommandContext): Promise<string | null> {
  const { migration } = ctx;
  if (!migration || ctx.publicUrl === '' || ctx.roles.length === 0) return null;
  return `${ctx.publicUrl}/hours/${await ctx.store.hoursAddress.of(migration.id)}`;
}

/** The links to the page and the calendar; with `renew` both get another address, and the old ones find nothing. */
export async function hoursFeed(ctx: CommandContext, renew: boolean): Promise<Answer> {
  const { migration } = ctx;
  if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
  if (renew) {
    if (!ctx.roles.some((role) => role === 'e-rs-lead' || role === 'administrator')) {
      throw new Refusal(
        'role',
        'Only the e-RS lead or an administrator replaces the link: it stops working for everybody who has it. Ask one of them.',
        { remedy: [next('Who is who', 'people')] },
      );
    }
    await ctx.store.hoursAddress.renew(migration.id);
    ctx.record({ act: 'hours.address-renewed', about: `migration:${migration.id}`, facts: {} });
  }
  if (ctx.roles.length === 0) {
    throw new Refusal('role', 'The link is for those with a role in this migration. Ask for one.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  const page = await hoursPageOf(ctx);
  if (page === null) {
    throw new Refusal(
      'no-public-address',
      'I do not know the address under which others reach me, so there is no link. Whoever runs me sets PUBLIC_URL.',
      { remedy: [next('The hours here', 'hours')] },
    );
  }
  return answer('hours.feed', { page, calendar: `${page}.ics`, renewed: renew });
}
