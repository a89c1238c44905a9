import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import { type HazardLine, type HazardLog, whyUnsigned } from '../src/domain/hazard-log.ts';
import { LIKELIHOODS, type Risk, SEVERITIES } from '../src/domain/hazard-risk.ts';
import type { Migration } from '../src/domain/migration.ts';
import { ROLE_WORDS, ROLES, type Role } from '../src/domain/role.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf } from './verifying/plan-of.ts';

const OWNERS = ROLES.filter((role) => role !== 'administrator' && role !== 'observer');
const KEY = '[a-z]+(?:-[a-z0-9]+)+';

const input = z
  .object({
    what: z.enum(['sign', 'add']).optional().meta({ label: 'What to do', word: 'sign|add' }),
    code: z.string().optional().meta({ label: 'Code of the log', form: 'never', word: '[0-9A-Z]{3}-[0-9A-Z]{3}' }),
    hazard: z.string().toLowerCase().optional().meta({ label: 'Hazard', hint: 'Its key', word: KEY }),
    likelihood: z
      .enum(LIKELIHOODS)
      .optional()
      .meta({ label: 'Likelihood that is left', field: 'choice', options: options(LIKELIHOODS) }),
    severity: z
      .enum(SEVERITIES)
      .optional()
      .meta({ label: 'Severity that is left', field: 'choice', options: options(SEVERITIES) }),
    owner: z
      .enum(OWNERS as [Role, ...Role[]])
      .optional()
      .meta({ label: 'Owner', field: 'choice', options: OWNERS.map((value) => ({ value, label: ROLE_WORDS[value] })) }),
    harm: z.string().min(5).max(500).optional().meta({ label: 'What it could do to a patient', field: 'long-text' }),
    note: z.string().min(3).max(500).optional().meta({ label: 'Note', field: 'long-text', rest: true }),
  })
  .superRefine((given, check) => {
    const need = (path: 'note' | 'harm' | 'likelihood' | 'severity', message: string) => {
      if (given[path] === undefined) check.addIssue({ code: 'custom', path: [path], message });
    };
    if (given.what === 'add') {
      need('note', 'Say what could go wrong.');
      need('harm', 'Say what it could do to a patient.');
    }
    const rates = given.what === 'add' || given.likelihood !== undefined || given.severity !== undefined;
    if (rates) {
      need('likelihood', 'Rate both.');
      need('severity', 'Rate both.');
    }
  });
type Input = z.infer<typeof input>;

export const command = defineCommand({
  verb: 'hazards',
  summary: 'The hazard log: what could go wrong, what is done against it, and the safety officer’s sign-off',
  examples: [
    '/bsu hazards',
    '/bsu hazards wrong-asid',
    '/bsu hazards wrong-asid likelihood=low severity=major note="two people read the ASID aloud"',
    '/bsu hazards add The interface engine holds messages back harm="A booking arrives late" likelihood=low severity=significant',
    '/bsu hazards sign',
  ],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input,
  async run(ctx, given) {
    const migration = migrationOf(ctx);
    const log = await ctx.store.hazards.log(migration.id);
    if (given.what === 'sign') return sign(ctx, migration, log, given);
    if (given.what === 'add') return add(ctx, migration, given);
    const chosen = given.hazard === undefined ? null : named(log, given.hazard);
    const says = given.note ?? given.owner ?? given.likelihood;
    if (chosen === null || says === undefined) return shown(ctx, migration, chosen?.key ?? null, null);
    return rate(ctx, migration, chosen, given);
  },
});

async function rate(
  ctx: CommandContext,
  { id, ...rest }: Migration,
  hazard: HazardLine,
  given: Input,
): Promise<Answer> {
  refuseUnless(ctx, ['clinical-safety-officer', 'e-rs-lead'], 'rates hazards and writes about them');
  const residual = residualOf(given);
  const owner = given.owner ?? null;
  const note = given.note ?? null;
  await ctx.store.hazards.note(id, { key: hazard.key, initial: null, residual, owner, note }, ctx.person.id, at(ctx));
  ctx.record({ act: 'hazard.noted', about: `hazard:${hazard.key}`, facts: { residual, owner, note } });
  return shown(ctx, { id, ...rest }, hazard.key, 'Noted. The log changed, so it is to be signed off again.');
}

async function add(ctx: CommandContext, migration: Migration, given: Input): Promise<Answer> {
  refuseUnless(ctx, ['clinical-safety-officer', 'e-rs-lead', 'planner'], 'adds a hazard');
  const residual = residualOf(given);
  if (residual === null || given.note === undefined || given.harm === undefined) {
    throw new Refusal(
      'no-hazard',
      'Say what could go wrong, what it could do to a patient, how likely and how severe it is.',
    );
  }
  const hazard = {
    title: given.note,
    harm: given.harm,
    cause: 'Named by the team',
    owner: given.owner ?? ('e-rs-lead' as const),
    initial: residual,
    residual,
    controls: [],
  };
  const key = await ctx.store.hazards.add(migration.id, hazard, ctx.person.id, at(ctx));
  ctx.record({ act: 'hazard.added', about: `hazard:${key}`, facts: hazard });
  return shown(ctx, migration, key, `Added as ${key}.`);
}

/** Signed is what the signer saw: a log that changed meanwhile is shown again. */
async function sign(ctx: CommandContext, migration: Migration, log: HazardLog, given: Input): Promise<Answer> {
  refuseUnless(ctx, ['clinical-safety-officer'], 'signs the hazard log off');
  const against = whyUnsigned(log);
  if (against !== null) {
    throw new Refusal('hazard-too-high', against, { remedy: [next('Show the hazard log', 'hazards')] });
  }
  if (given.code !== log.code) return shown(ctx, migration, null, `Read it, then sign it: the log is ${log.code}.`);
  await ctx.store.hazards.sign(migration.id, log.hash, given.note ?? null, ctx.person.id, at(ctx));
  ctx.record({
    act: 'hazards.signed',
    about: `migration:${migration.id}`,
    facts: { code: log.code, hazards: log.hazards.length, note: given.note ?? null },
    hash: log.hash,
  });
  return shown(ctx, migration, null, `Signed off as ${log.code}.`);
}

async function shown(
  ctx: CommandContext,
  migration: Migration,
  key: string | null,
  notice: string | null,
): Promise<Answer> {
  const log = await ctx.store.hazards.log(migration.id);
  return answer(
    'hazards.shown',
    {
      zone: migration.zone,
      log,
      chosen: log.hazards.find((hazard) => hazard.key === key) ?? null,
      notice,
      maySign: ctx.roles.includes('clinical-safety-officer'),
    },
    { next: key === null ? [] : [next('The whole log', 'hazards')] },
  );
}

function named(log: HazardLog, key: string): HazardLine {
  const found = log.hazards.find((hazard) => hazard.key === key);
  if (found) return found;
  throw new Refusal(
    'no-hazard',
    `There is no hazard "${key}". They are: ${log.hazards.map((one) => one.key).join(', ')}.`,
    {
      remedy: [next('Show the hazard log', 'hazards')],
    },
  );
}

function refuseUnless(ctx: CommandContext, roles: readonly Role[], does: string): void {
  if (roles.some((role) => ctx.roles.includes(role))) return;
  const words = roles.map((role) => ROLE_WORDS[role]).join(' or the ');
  throw new Refusal('role', `The ${words} ${does}. Ask them.`, { remedy: [next('Who is who', 'people')] });
}

function residualOf({ likelihood, severity }: Input): Risk | null {
  return likelihood === undefined || severity === undefined ? null : { likelihood, severity };
}

function at(ctx: CommandContext): string {
  return ctx.now.toString();
}

function options(words: readonly string[]) {
  return words.map((value) => ({ value, label: value.replace('-', ' ') }));
}
