import type { CommandContext } from '../../src/command.ts';
import type { AudienceRule, LeftOut } from '../../src/domain/audience.ts';
import { personal } from '../../src/domain/personal.ts';
import { ADDRESS_FAULT_WORDS, addressFault } from '../../src/domain/recipient.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { inputsChanged, migrationOf } from './of-migration.ts';

export interface RuleChange {
  readonly lists?: string | undefined;
  readonly practices?: string | undefined;
  readonly without?: string | undefined;
  readonly reason?: string | undefined;
  readonly instead?: string | undefined;
  readonly with?: string | undefined;
}

export function changesRule({ lists, practices, without, with: back }: RuleChange): boolean {
  return [lists, practices, without, back].some((one) => one !== undefined);
}

/** Changes whom the notices go to: an input of the plan, so the votes are judged anew (rules 8, 20). */
export async function changeRule(ctx: CommandContext, change: RuleChange): Promise<void> {
  const migration = migrationOf(ctx);
  if (!ctx.roles.some((role) => role === 'communications-lead' || role === 'e-rs-lead')) {
    throw new Refusal('role', 'The communications lead decides who gets the notices. Ask them.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  const before = await ctx.store.recipients.rule(migration.id);
  const rule: AudienceRule = {
    ...before,
    lists: change.lists === undefined ? before.lists : await chosenLists(ctx, migration.id, change.lists),
    practicesOf:
      change.practices === undefined ? before.practicesOf : await chosenPractices(ctx, migration.id, change.practices),
    without: await leftOut(ctx, before, change),
  };
  await ctx.store.recipients.setRule(migration.id, rule, ctx.person.id, ctx.now.toString());
  ctx.record({
    act: 'audience.changed',
    about: `migration:${migration.id}`,
    facts: { before: recorded(before), after: recorded(rule) },
  });
  await inputsChanged(ctx, 'changed who gets the notices');
}

/** As the record holds it: an address that somebody gave is personal (rule 27). */
function recorded(rule: AudienceRule) {
  const without = rule.without.map((one) => ({ ...one, instead: one.instead === null ? null : personal(one.instead) }));
  return { ...rule, without };
}

async function leftOut(ctx: CommandContext, before: AudienceRule, change: RuleChange): Promise<readonly LeftOut[]> {
  if (change.with !== undefined) return back(before, change.with.toUpperCase());
  if (change.without === undefined) return before.without;
  const code = change.without.toUpperCase();
  const { members } = await ctx.store.noticeDrafts.audience(migrationOf(ctx), ctx.now);
  const member = members.find((one) => one.code === code || one.also.includes(code));
  const known = before.without.some((one) => one.code === code);
  if (!member && !known) {
    throw new Refusal('not-in', `${code} gets no notice as it is, so there is nobody to leave out.`, {
      remedy: [next('Show the recipients', 'recipients')],
      fields: { without: 'Use the code of somebody who gets the notices.' },
    });
  }
  const required = member?.kind === 'commissioner' || (known && (await isCommissioner(ctx, code)));
  const instead = change.instead?.trim() ?? null;
  if (required && instead === null) {
    const words = `${code} is a commissioner and has to be told. Say who is told in its place: an email address.`;
    throw new Refusal('ask', words, { fields: { instead: words } });
  }
  const fault = instead === null ? null : addressFault(instead);
  if (fault !== null) {
    throw new Refusal(
      'bad-address',
      `No mail can go to "${instead}": ${ADDRESS_FAULT_WORDS[fault]}. Nothing was changed.`,
      {
        fields: { instead: 'Write one plain email address.' },
      },
    );
  }
  const entry = { code, reason: change.reason ?? '', instead };
  return [...before.without.filter((one) => one.code !== code), entry].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function back(before: AudienceRule, code: string): readonly LeftOut[] {
  if (before.without.some((one) => one.code === code)) return before.without.filter((one) => one.code !== code);
  throw new Refusal('not-left-out', `${code} is not left out.`, {
    remedy: [next('Show the recipients', 'recipients')],
    fields: { with: 'Use the code of somebody who is left out.' },
  });
}

async function isCommissioner(ctx: CommandContext, code: string): Promise<boolean> {
  const listed = await ctx.store.recipients.listed(migrationOf(ctx).id);
  return listed.some((one) => one.code === code && one.kind === 'commissioner');
}

async function chosenLists(ctx: CommandContext, migrationId: number, typed: string): Promise<readonly string[] | null> {
  if (typed.trim().toLowerCase() === 'all') return null;
  const known = (await ctx.store.recipients.lists(migrationId)).map((one) => one.list);
  const names = typed
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0 && names.length > 0) return names.toSorted();
  throw new Refusal(
    'no-list',
    `There is no list "${unknown[0] ?? ''}". Uploaded are: ${known.join(', ') || 'none yet'}.`,
    {
      remedy: [next('Upload a list', 'import')],
      fields: { lists: 'Use the names of uploaded lists.' },
    },
  );
}

async function chosenPractices(ctx: CommandContext, migrationId: number, typed: string): Promise<readonly string[]> {
  if (typed.trim().toLowerCase() === 'none') return [];
  const codes = [
    ...new Set(
      typed
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ].toSorted();
  const known = new Set((await ctx.store.recipients.practices(migrationId, codes)).map((one) => one.commissioner));
  const unknown = codes.filter((code) => !known.has(code));
  if (unknown.length === 0 && codes.length > 0) return codes;
  throw new Refusal('no-practices', `The practice file names no active practice of commissioner ${unknown[0] ?? ''}.`, {
    remedy: [next('Import the practice file', 'import')],
    fields: { practices: 'Use commissioner codes of the practice file.' },
  });
}
