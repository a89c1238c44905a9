import { closest } from 'fastest-levenshtein';
import type { Command } from './command.ts';
import { fieldsOf, type Given, placeWords } from './dispatch/input.ts';
import { patientDataRefusal } from './dispatch/patient-data-door.ts';
import { type DispatchParts, perform } from './dispatch/perform.ts';
import type { Dispatch, Request } from './dispatch/request.ts';
import { viewSubject } from './dispatch/subject-view.ts';
import { refuseUnsafeText } from './dispatch/unsafe-text.ts';
import { wordsOf } from './dispatch/words.ts';
import { findPatientData } from './domain/patient-data.ts';
import { next, Refusal } from './kernel/errors.ts';

export type { DispatchParts } from './dispatch/perform.ts';
export type { Dispatch, Outcome, Request } from './dispatch/request.ts';

/**
 * Parse → person → transaction → run → answer, form or refusal. A fault of ours (a database gone, a bug) becomes a refusal
 * too, with the code `fault`: nothing was done, and who can help is said (rule 29).
 */
export function createDispatch(parts: DispatchParts): Dispatch {
  return async (request) => {
    let verb = request.verb ?? '';
    try {
      if (request.subject !== undefined) return await viewSubject(parts, request);
      const { command, given } = understood(parts.commands, request);
      verb = command.verb;
      return await perform(parts, command, given, request);
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refusal', verb, refusal: error };
      parts.log.error({ err: error, verb }, 'a verb failed');
      return { kind: 'refusal', verb, refusal: faultRefusal() };
    }
  };
}

function understood(commands: readonly Command[], request: Request): { command: Command; given: Given } {
  if (request.verb !== undefined) {
    refuseUnsafeText([request.verb, ...Object.values(request.input ?? {})]);
    return { command: commandNamed(commands, request.verb), given: request.input ?? {} };
  }
  const text = request.text ?? '';
  refuseUnsafeText([text]);
  const words = wordsOf(text, (verb) => flagsOf(commands, verb));
  const command = commandNamed(commands, words.verb === '' ? 'status' : words.verb);
  const { given, left } = placeWords(command, words.named, words.bare);
  const unknown = Object.keys(given).filter((name) => name !== 'migration' && !command.input.shape[name]);
  if (left.length === 0 && unknown.length === 0) return { command, given };
  if (findPatientData(text)) throw patientDataRefusal(null);
  throw new Refusal(
    'unclear',
    `I do not know what "${[...left, ...unknown].join(' ')}" means after "${command.verb}". Type it like this: ${command.examples.join(', or ')}`,
    { remedy: [next('Help', 'help', { about: command.verb })] },
  );
}

function commandNamed(commands: readonly Command[], verb: string): Command {
  const found = commands.find((command) => command.verb === verb);
  if (found) return found;
  const names = commands.map((command) => command.verb);
  if (findPatientData(verb)) throw patientDataRefusal(null);
  const near = closest(verb, names);
  throw new Refusal(
    'unknown-verb',
    `There is no "${verb}". The nearest is "${near}"; \`/bsu help\` lists what you can ask for.`,
    { remedy: [next('Help', 'help')], facts: { near } },
  );
}

function flagsOf(commands: readonly Command[], verb: string): readonly string[] {
  const command = commands.find((each) => each.verb === verb);
  return command ? fieldsOf(command).flatMap((field) => (field.meta.flag ? [field.name] : [])) : [];
}

function faultRefusal(): Refusal {
  return new Refusal(
    'fault',
    'Something failed on our side and nothing was changed. Try again in a minute; if it stays, ask an administrator to look at the log of the service.',
  );
}
