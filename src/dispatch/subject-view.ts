import { readSubject } from '../domain/subject.ts';
import { next, Refusal } from '../kernel/errors.ts';
import { storeOf } from '../store/store.ts';
import { subjectFacts } from '../store/subjects.ts';
import { mayUse, stranger } from './authority.ts';
import { votesOn } from './own-votes.ts';
import type { DispatchParts } from './perform.ts';
import type { Outcome, Request } from './request.ts';

/**
 * A posted card as one person may act on it: the newest state, and of its buttons only theirs. It changes nothing and leaves no
 * event. Refuses strangers and whoever has no role in the card's migration: a subject's number can be guessed.
 */
export async function viewSubject(parts: DispatchParts, request: Request): Promise<Outcome> {
  const subject = readSubject(request.subject ?? '');
  if (subject === null) throw nothingThere();
  return parts.connection.transaction(async (trx) => {
    const store = storeOf(trx);
    const now = parts.clock.now();
    const person = await store.people.byAccount(request.account);
    if (!person) throw stranger([]);
    const migrationId = await store.postings.migrationOf(subject);
    const roles = migrationId === null ? [] : await store.people.rolesOf(person.id, migrationId, request.account);
    if (roles.length === 0) throw nothingThere();
    const answer = await subjectFacts(store, subject, now, parts.bankHolidays);
    if (answer === null) throw nothingThere();
    const verbs = parts.commands.filter((command) => mayUse(command, roles)).map(({ verb }) => verb);
    const votes = await votesOn(store, answer, person, roles, now);
    return {
      kind: 'answer',
      verb: 'show',
      answer: { ...answer, next: votes.next },
      auditSeq: null,
      may: verbs.filter((verb) => !votes.notTheirs.includes(verb)),
    };
  });
}

function nothingThere(): Refusal {
  return new Refusal('no-card', 'There is no such card for you. Ask in the channel of your migration.', {
    remedy: [next('Where is my migration?', 'status')],
  });
}
