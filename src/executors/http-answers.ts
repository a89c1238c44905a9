import { findPatientData } from '../domain/patient-data.ts';
import type { ReadBack } from '../domain/run-item.ts';
import type { ExecutorItem, ExecutorLimits, ItemOutcome } from '../ports/executor.ts';

/** The body of an answer as the contract has it, or null where it is anything else. Nothing is guessed (docs/automation.md). */
export function limitsIn(text: string): ExecutorLimits | null {
  const body = objectIn(text);
  const { maximumSeconds, maximumBatch } = body ?? {};
  if (typeof maximumSeconds !== 'number' || !(maximumSeconds >= 0 && maximumSeconds <= 3600)) return null;
  if (typeof maximumBatch !== 'number' || !Number.isInteger(maximumBatch) || maximumBatch < 1) return null;
  return { maximumSeconds, maximumBatch };
}

export function readBackIn(text: string, serviceId: string): ReadBack | null {
  const body = objectIn(text);
  if (body === null || body.serviceId !== serviceId) return null;
  const { organisation, asid, lastKey } = body;
  if (typeof organisation !== 'string' || typeof asid !== 'string') return null;
  if (lastKey !== null && typeof lastKey !== 'string') return null;
  return { serviceId, organisation, asid, lastKey };
}

/**
 * One outcome for each item asked. A key that is missing, or answered twice in different ways, is unknown; keys nobody
 * asked for are ignored. Null where the whole is not an answer.
 */
export function outcomesIn(text: string, asked: readonly ExecutorItem[]): ReadonlyMap<string, ItemOutcome> | null {
  const results = objectIn(text)?.results;
  if (!Array.isArray(results)) return null;
  const answered = new Map<string, ItemOutcome>();
  for (const result of results) {
    const one = outcomeOf(result);
    if (one === null) continue;
    const before = answered.get(one.key);
    answered.set(one.key, before && before.kind !== one.outcome.kind ? CONTRADICTED : one.outcome);
  }
  return new Map(asked.map((item) => [item.key, answered.get(item.key) ?? UNANSWERED]));
}

const CONTRADICTED: ItemOutcome = { kind: 'unknown', why: 'your automation answered it in two different ways' };
const UNANSWERED: ItemOutcome = { kind: 'unknown', why: 'your automation left it out of its answer' };

function outcomeOf(result: unknown): { key: string; outcome: ItemOutcome } | null {
  if (!isObject(result)) return null;
  const { key, outcome, reason } = result;
  if (typeof key !== 'string') return null;
  if (outcome === 'applied') return { key, outcome: { kind: 'applied' } };
  if (outcome === 'refused') return { key, outcome: { kind: 'refused', reason: wordsOf(reason) } };
  return null;
}

const CONTROL_CHARACTERS = /\p{Cc}+/gu;

function wordsOf(reason: unknown): string {
  const words = typeof reason === 'string' ? reason.toWellFormed().replace(CONTROL_CHARACTERS, ' ').trim() : '';
  if (words === '') return 'no reason given';
  // What another system says ends up on cards and in the ledger: rule 28 holds for it too. Twelve digits without a label
  // are taken for an ASID here: "it is linked to 200000000311" is the commonest reason of all.
  if (findPatientData(words, new Set(words.match(/\d{12}/g))))
    return 'its reason looks like patient data and is not kept; see the log of your automation';
  return words.slice(0, 200);
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
