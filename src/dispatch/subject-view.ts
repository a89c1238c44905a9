import type { Command } from '../command.ts';
import { conflictOf, conflictsOf, policyOf, votingRoles } from '../domain/approval.ts';
import type { Person } from '../domain/person.ts';
import type { Role } from '../domain/role.ts';
import { readSubject } from '../domain/subject.ts';
import { type Next, next, Refusal } from '../kernel/errors.ts';
import { type Store, storeOf } from '../store/store.ts';
import { subjectFacts } from '../store/subjects.ts';
import { mayUse, stranger } from './authority.ts';
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
    const votes =
      answer.code === 'plan.shown' ? await votesOn(store, answer.facts.planId, person, roles, now) : NO_VOTES;
    return {
      kind: 'answer',
      verb: 'show',
      answer: { ...answer, next: votes.next },
      auditSeq: null,
      may: verbsOf(parts.commands, roles).filter((verb) => !votes.notTheirs.includes(verb)),
    };
  });
}

function verbsOf(commands: readonly Command[], roles: readonly Role[]): string[] {
  return commands.filter((command) => mayUse(command, roles)).map(({ verb }) => verb);
}

interface Votes {
  readonly notTheirs: readonly string[];
  readonly next: readonly Next[];
}

const NO_VOTES: Votes = { notTheirs: [], next: [] };

/** Rule 9: a vote is offered to those whose vote is still needed, and taking it back to those who voted. */
async function votesOn(
  store: Store,
  planId: number,
  person: Person,
  roles: readonly Role[],
  now: Temporal.Instant,
): Promise<Votes> {
  const plan = await store.plans.byId(planId);
  const migration = plan && (await store.migrations.byId(plan.migrationId));
  if (!plan || !migration) return NO_VOTES;
  const { hash } = await store.plans.look(planId);
  const { couldVote } = await store.votes.approval(plan, hash, now);
  const conflict = conflictOf(person.id, conflictsOf(plan)) !== null;
  const votes = votingRoles(policyOf(plan.kind, migration.settings.policy), roles).length > 0 && !conflict;
  const voted = (await store.votes.of(planId)).some((vote) => vote.personId === person.id);
  const could = couldVote.some((holder) => holder.person.id === person.id);
  return {
    notTheirs: [...(could ? [] : ['approve']), ...(votes ? [] : ['reject'])],
    next: voted ? [next('Take my vote back', 'unvote', { plan: String(plan.number) })] : [],
  };
}

function nothingThere(): Refusal {
  return new Refusal('no-card', 'There is no such card for you. Ask in the channel of your migration.', {
    remedy: [next('Where is my migration?', 'status')],
  });
}
