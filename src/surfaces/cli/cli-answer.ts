import { cardOf, refusalCard } from '../../../templates/cards/index.ts';
import { toPlainText } from '../../card/plain-text.ts';
import type { Answer } from '../../command.ts';
import type { Outcome } from '../../dispatch.ts';
import { filesOf } from '../reply.ts';

/** What the command line prints and with which code it ends: 0 done, 1 refused, 2 usage, 3 fault (contracts). */
export interface CliAnswer {
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

export function cliAnswer(outcome: Outcome, json: boolean): CliAnswer {
  const exitCode = exitCodeOf(outcome);
  const files = outcome.kind === 'answer' ? filesOf(outcome.answer) : [];
  return { exitCode, text: json ? JSON.stringify(jsonOf(outcome)) : wordsOf(outcome), files };
}

function exitCodeOf(outcome: Outcome): CliAnswer['exitCode'] {
  if (outcome.kind === 'answer') return unwell(outcome.answer) ? 1 : 0;
  if (outcome.kind === 'form') return 2;
  if (outcome.refusal.code === 'fault') return 3;
  return outcome.refusal.code === 'unclear' || outcome.refusal.code === 'unknown-verb' ? 2 : 1;
}

/** `doctor` found something: a script that looks sees it by the exit code. */
function unwell({ code, facts }: Answer): boolean {
  return code === 'doctor' && facts.checks.some(({ ok }) => !ok);
}

/** `{"ok","code","facts","next":[],"auditSeq"}` */
function jsonOf(outcome: Outcome): Record<string, unknown> {
  if (outcome.kind === 'answer') {
    const { code, facts, next, links } = outcome.answer;
    const more = links ? { links } : {};
    return { ok: !unwell(outcome.answer), code, facts, next, auditSeq: outcome.auditSeq, ...more };
  }
  if (outcome.kind === 'form') {
    const { verb, fields, problem, intro } = outcome.form;
    const wanted = fields.map(({ name, label, optional, problem: wrong }) => ({
      name,
      label,
      optional,
      problem: wrong ?? null,
    }));
    return {
      ok: false,
      code: 'incomplete',
      facts: { verb, fields: wanted, problem: problem ?? intro ?? null },
      next: [],
      auditSeq: null,
    };
  }
  const { code, message, facts, remedy, fields } = outcome.refusal;
  return { ok: false, code, facts: { ...facts, message, fields }, next: remedy, auditSeq: null };
}

function wordsOf(outcome: Outcome): string {
  if (outcome.kind === 'answer') return toPlainText(cardOf(outcome.answer));
  if (outcome.kind === 'refusal') return toPlainText(refusalCard(outcome.refusal));
  const { form } = outcome;
  const lines = form.fields.map((field) => {
    const wrong = field.problem ? `  ✖ ${field.problem}` : '';
    return `  --${field.name} ${field.optional ? '(optional) ' : ''}${field.label}${wrong}`;
  });
  return [
    `${form.title}: say also`,
    ...(form.intro ? [form.intro] : []),
    ...(form.problem ? [form.problem] : []),
    ...lines,
  ].join('\n');
}
