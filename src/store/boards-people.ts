import { type Barred, type BoardNow, barred, type Offer } from '../domain/press.ts';
import type { Role } from '../domain/role.ts';
import type { Asked } from '../domain/waiting.ts';
import type { Store } from './store.ts';
import { VOTED_ON } from './votes-now.ts';

/** Somebody with a role: what waits for them, which buttons would do nothing for them now, and what is theirs alone to press. */
export interface BoardOwn {
  readonly id: number;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly waits: readonly string[];
  readonly barred: readonly Barred[];
  readonly offers: readonly Offer[];
}

/** Everybody with a role, once each. */
export async function boardPeople(
  store: Pick<Store, 'people'>,
  migrationId: number,
  waits: (person: Asked) => readonly string[],
  now: BoardNow,
): Promise<readonly BoardOwn[]> {
  const people = new Map<number, { id: number; name: string; roles: Role[] }>();
  for (const { person, role } of await store.people.holders(migrationId)) {
    const known = people.get(person.id) ?? { id: person.id, name: person.name, roles: [] };
    if (!known.roles.includes(role)) known.roles.push(role);
    people.set(person.id, known);
  }
  return [...people.values()].map((person) => ({
    ...person,
    waits: waits(person),
    barred: barred(person, now),
    offers: now.votes
      .filter(({ facts, voted }) => voted.has(person.id) && VOTED_ON.includes(facts.state))
      .map(({ facts: { number } }) => ({
        part: `plan-${number}`,
        label: 'Take my vote back',
        verb: 'unvote',
        input: { plan: String(number) },
      })),
  }));
}
