import type { Connection } from '../../db/connect.ts';
import type { Form } from '../card/form.ts';
import type { Answer, Command, CommandContext, Diagnosis, Intake, Papers } from '../command.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { type Next, Refusal } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { chainOf } from '../store/audit.ts';
import { type Store, storeOf } from '../store/store.ts';
import { mayAsk, mayUse, refuseOperator } from './authority.ts';
import { eventOf, openContext, type Working } from './context.ts';
import { atTheDoor } from './door.ts';
import { formOf, type Given, type Parsed, parseInput } from './input.ts';
import { votesOn } from './own-votes.ts';
import { refusePatientData, withoutPatientData } from './patient-data-door.ts';
import { withLinks } from './personal-links.ts';
import type { Outcome, Request } from './request.ts';

export interface DispatchParts {
  readonly connection: Connection;
  readonly commands: readonly Command[];
  readonly clock: Clock;
  readonly bankHolidays: BankHolidays;
  readonly intake: Intake;
  /** Left out: there is nothing to look at. */
  readonly diagnosis?: Diagnosis;
  readonly log: Log;
  /** In service an operator's command line cannot vote, run or undo. */
  readonly mode: 'rehearsal' | 'service';
  /** An organisation's automation is configured (EXECUTOR_URL); left out: none. */
  readonly automation?: boolean;
  /** Slack is installed by OAuth; left out: one workspace by its token, or none. */
  readonly manyWorkspaces?: boolean;
  /** Where links begin; left out: answers have none. */
  readonly publicUrl?: string;
  /** Judges personal links (contracts, Clocks); left out: the machine's. */
  readonly systemClock?: Clock;
  /** Who draws documents; left out: nobody, and a verb that needs one fails. */
  readonly papers?: Papers;
}

/** Runs one verb in one transaction; what it must wait for (a file) is done before, once the asker is authorised. */
export async function perform(parts: DispatchParts, command: Command, all: Given, request: Request): Promise<Outcome> {
  const { migration: named, ...given } = all;
  refuseOperator(command, request.account, parts.mode, given.what);
  const parsed = request.again ? wantedAgain(request.again) : parseInput(command, given);
  const open = (store: Store) =>
    openContext(store, command, request, { named, given }, { ...parts, now: parts.clock.now() });
  let opened: Working | undefined;
  try {
    if (command.door && parsed.kind === 'input') {
      const { input } = parsed;
      const outcome = await retrying(parts, (store) => atTheDoor(store, command, input, request, parts.clock.now()));
      if (outcome) return outcome;
    }
    let staged: unknown;
    if (parsed.kind === 'input' && command.prepare) {
      opened = await parts.connection.transaction((trx) => open(storeOf(trx)));
      refusePatientData(command, given, request.text ?? '', opened.context.migration);
      staged = await command.prepare(
        { ...opened.context, intake: parts.intake, diagnosis: parts.diagnosis ?? NOTHING },
        parsed.input,
      );
    }
    return await retrying(parts, async (store): Promise<Outcome> => {
      opened = await open(store);
      const { context } = opened;
      if (!request.again) refusePatientData(command, given, request.text ?? '', context.migration);
      if (parsed.kind === 'faulty') {
        const choices = (await command.choices?.(context)) ?? {};
        const shown = request.again ? withoutPatientData(command, given, context.migration) : given;
        const form = formOf(command, shown, parsed, choices);
        return {
          kind: 'form',
          form: named === undefined ? form : { ...form, given: { ...form.given, migration: named } },
        };
      }
      const found = await command.run(context, parsed.input, staged);
      const at = { publicUrl: context.publicUrl, now: (parts.systemClock ?? systemClock).now() };
      const answer = await withLinks(context, found, request, at);
      const { notTheirs } = await votesOn(store, found, context.person, context.roles, context.now);
      const auditSeq = await opened.remember();
      const usable = parts.commands.filter((each) => mayUse(each, context.roles)).map(({ verb }) => verb);
      const may = usable.filter((verb) => !notTheirs.includes(verb));
      return { kind: 'answer', verb: command.verb, answer: possible(parts, context, answer), auditSeq, may };
    });
  } catch (error) {
    // A question that only the file's contents raised is asked like any missing input: nothing was refused.
    if (error instanceof Refusal && error.code === 'ask') return { kind: 'form', form: askedFor(command, all, error) };
    if (error instanceof Refusal && opened && !request.look) await recordRefusal(parts, command, opened.context, error);
    throw error;
  }
}

const NOTHING: Diagnosis = { examine: async () => [] };

/** Whatever was typed: a form is not an act. */
function wantedAgain({ fields, problems }: NonNullable<Request['again']>): Parsed {
  return { kind: 'faulty', missing: fields, problems };
}

/** What was not given is asked for with its reason at the top; what was given and cannot be used has it at its field. */
function askedFor(command: Command, all: Given, { fields }: Refusal): Form {
  const { migration: named, ...given } = all;
  const known = Object.entries(fields);
  const wrong = Object.fromEntries(known.filter(([name]) => (given[name] ?? '').trim() !== ''));
  const reasons = known.flatMap(([name, reason]) => (wrong[name] === undefined ? [reason] : []));
  const form = formOf(command, given, { missing: Object.keys(fields), problems: wrong }, {});
  return {
    ...form,
    ...(reasons.length > 0 ? { intro: reasons.join(' ') } : {}),
    given: named === undefined ? form.given : { ...form.given, migration: named },
  };
}

const SERIALISATION = new Set(['40001', '40P01']);

async function retrying<T>(parts: DispatchParts, work: (store: Store) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await parts.connection.transaction((trx) => work(storeOf(trx)));
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (attempt >= 3 || !SERIALISATION.has(code)) throw error;
    }
  }
}

/** Only what the asker may do is offered. */
function possible(parts: DispatchParts, context: CommandContext, answer: Answer): Answer {
  const may = ({ verb, input }: Next) =>
    parts.commands.some((command) => command.verb === verb && mayAsk(command, context.roles, input));
  return { ...answer, next: answer.next.filter(may) };
}

/** What was refused to somebody known is remembered too; the transaction that refused has been rolled back. */
async function recordRefusal(
  parts: DispatchParts,
  command: Command,
  context: CommandContext,
  refusal: Refusal,
): Promise<void> {
  const note = { act: 'refused', about: command.verb, facts: { code: refusal.code } };
  await parts.connection.transaction((trx) =>
    storeOf(trx).audit.append(chainOf(context.migration?.id ?? null), [eventOf(note, context)]),
  );
}
