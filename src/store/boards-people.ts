import type { Role } from '../domain/role.ts';
import type { Asked } from '../domain/waiting.ts';
import type { Store } from './store.ts';

/** Everybody with a role, once each, with what waits for them. */
export async function boardPeople(
  store: Pick<Store, 'people'>,
  migrationId: number,
  waits: (person: Asked) => readonly string[],
): Promise<readonly { id: number; name: string; roles: readonly Role[]; waits: readonly string[] }[]> {
  const people = new Map<number, { id: number; name: string; roles: Role[] }>();
  for (const { person, role } of await store.people.holders(migrationId)) {
    const known = people.get(person.id) ?? { id: person.id, name: person.name, roles: [] };
    if (!known.roles.includes(role)) known.roles.push(role);
    people.set(person.id, known);
  }
  return [...people.values()].map((person) => ({ ...person, waits: waits(person) }));
}
