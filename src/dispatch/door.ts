import type { Command, DoorContext } from '../command.ts';
import { accountName } from '../domain/person.ts';
import type { Store } from '../store/store.ts';
import { refusePatientData } from './patient-data-door.ts';
import type { Outcome, Request } from './request.ts';

/**
 * The narrow door for an account that nobody has: a verb may declare `door`, which sees the account, the time and the input,
 * and no person, role or migration. Null: the account is known, or the door is not for this input, and all goes its usual way.
 */
export async function atTheDoor(
  store: Store,
  command: Command,
  input: Readonly<Record<string, unknown>>,
  request: Request,
  now: Temporal.Instant,
): Promise<Outcome | null> {
  if (!command.door || (await store.people.byAccount(request.account))) return null;
  refusePatientData(command, request.input ?? {}, request.text ?? '', null);
  const at: DoorContext = { now, account: request.account, store: { accountLinks: store.accountLinks } };
  const opened = await command.door(at, input);
  if (opened === null) return null;
  const account = accountName(request.account);
  const auditSeq = await store.audit.append('installation', [
    { ...opened.note, at: now.toString(), person: null, account },
  ]);
  return { kind: 'answer', verb: command.verb, answer: opened.answer, auditSeq };
}
