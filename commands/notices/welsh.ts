import { type Answer, type AnswerFile, answer, type CommandContext } from '../../src/command.ts';
import { unaskedInWales } from '../../src/domain/audience.ts';
import { NOTICE_KINDS } from '../../src/domain/notice.ts';
import { type WelshNeed, welshMissing, welshNeeds } from '../../src/domain/notice-welsh.ts';
import type { WelshFacts } from '../../src/domain/notice-welsh-answers.ts';
import { type CheckedWelsh, checkWelsh, WELSH_FLAWS, type WelshRow } from '../../src/domain/notice-welsh-check.ts';
import { welshFile, welshFlawFile } from '../../src/domain/notice-welsh-file.ts';
import { canonicalJson, sha256 } from '../../src/kernel/canonical.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { inputsChanged, migrationOf } from './of-migration.ts';

interface Asked {
  readonly what?: 'fill' | 'welsh' | 'upload' | 'bilingual' | undefined;
  readonly file?: string | undefined;
  readonly english?: string | undefined;
}

export function isAboutWelsh({ what, file, english }: Asked): boolean {
  return (what !== undefined && what !== 'fill') || file !== undefined || english !== undefined;
}

/** The communications lead answers for every word that goes out; what they decide is recorded with their name (rules 20, 27). */
export function refuseUnlessWriter(ctx: CommandContext): void {
  if (ctx.roles.some((role) => role === 'communications-lead' || role === 'e-rs-lead')) return;
  throw new Refusal('role', 'The communications lead writes the notices. Ask them to change the wording.', {
    remedy: [next('Who is who', 'people')],
  });
}

/** The file for the translators, and what came back; or the decision to send English only for now (rule 20). */
export async function welshVerb(ctx: CommandContext, asked: Asked, rows: readonly WelshRow[] | null): Promise<Answer> {
  const { id, zone } = migrationOf(ctx);
  const needs = welshNeeds(NOTICE_KINDS, await ctx.store.notices.wording(id), zone);
  if (rows === null && asked.english === undefined && asked.what !== 'bilingual') return shown(ctx, needs, null);
  refuseUnlessWriter(ctx);
  const read = rows === null ? null : await take(ctx, needs, rows);
  if (asked.english !== undefined || asked.what === 'bilingual') await decide(ctx, asked.english ?? null);
  return shown(ctx, needs, read);
}

interface Read extends CheckedWelsh {
  readonly takenBack: number;
}

async function take(ctx: CommandContext, needs: readonly WelshNeed[], rows: readonly WelshRow[]): Promise<Read> {
  const { id } = migrationOf(ctx);
  const checked = checkWelsh(rows, needs);
  if (checked.texts.length === 0 && checked.blank.length === 0) {
    const [first] = checked.flaws;
    const why = first ? ` Line ${first.line}: ${WELSH_FLAWS[first.code].wrong} ${WELSH_FLAWS[first.code].todo}` : '';
    throw new Refusal('nothing-usable', `No row of this file can be used, so the Welsh stays as it is.${why}`, {
      remedy: [next('The file to fill in', 'wording', { what: 'welsh' })],
      facts: { flaws: checked.flaws.length },
    });
  }
  await ctx.store.welsh.save(id, checked.texts, ctx.person.id, ctx.now.toString());
  const takenBack = await ctx.store.welsh.takeBack(id, checked.blank);
  ctx.record({
    act: 'wording.welsh-uploaded',
    about: `migration:${id}`,
    facts: { kept: checked.texts.length, takenBack, leftOut: checked.flaws.length },
    hash: sha256(canonicalJson(checked.texts)),
  });
  await inputsChanged(ctx, 'changed the Welsh words of the notices');
  return { ...checked, takenBack: takenBack.length };
}

async function decide(ctx: CommandContext, englishOnly: string | null): Promise<void> {
  const { id } = migrationOf(ctx);
  const before = await ctx.store.recipients.rule(id);
  if (before.englishOnly === englishOnly) return;
  const rule = { ...before, englishOnly };
  await ctx.store.recipients.setRule(id, rule, ctx.person.id, ctx.now.toString());
  ctx.record({ act: 'audience.changed', about: `migration:${id}`, facts: { before, after: rule } });
  const words =
    englishOnly === null ? 'sends Welsh again to whoever is marked for it' : `sends English only: ${englishOnly}`;
  await inputsChanged(ctx, words);
}

async function shown(ctx: CommandContext, needs: readonly WelshNeed[], read: Read | null): Promise<Answer> {
  const migration = migrationOf(ctx);
  const known = await ctx.store.welsh.list(migration.id);
  const missing = welshMissing(needs, known);
  const have = new Set(known.map(({ key }) => key));
  const { members, markedWelsh, englishOnly } = await ctx.store.noticeDrafts.audience(migration, ctx.now);
  const facts: WelshFacts = {
    needed: needs.length,
    missing: missing.length,
    outdated: missing.filter(({ key }) => have.has(key)).length,
    marked: markedWelsh,
    englishOnly,
    inWales: englishOnly === null ? unaskedInWales(members) : 0,
    read: read && readFacts(read),
  };
  return answer('welsh.shown', facts, {
    next: [
      next('Upload the Welsh words', 'wording', { what: 'upload' }),
      ...(facts.englishOnly === null ? [] : [next('Send Welsh again', 'wording', { what: 'bilingual' })]),
      next('Preview the planned notice', 'preview', { kind: 'planned' }),
    ],
    files: [
      ...(read !== null && read.flaws.length > 0 ? [file('what-to-correct.csv', welshFlawFile(read.flaws))] : []),
      file('notices-welsh.csv', welshFile(needs, known)),
    ],
  });
}

function readFacts({ texts, takenBack, blank, flaws }: Read): NonNullable<WelshFacts['read']> {
  const wrong = flaws.filter(({ code }) => code !== 'blank');
  return {
    kept: texts.length,
    takenBack,
    blank: blank.length,
    wrong: wrong.length,
    first: wrong.slice(0, 5).map(({ line, key, code, detail }) => ({
      line,
      key,
      words: `${WELSH_FLAWS[code].wrong}${detail === null ? '' : ` (${detail})`} ${WELSH_FLAWS[code].todo}`,
    })),
  };
}

function file(name: string, text: string): AnswerFile {
  return { name, mediaType: 'text/csv', text };
}
