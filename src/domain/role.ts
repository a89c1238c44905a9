/** What a person may be in a migration (product, People). An administrator installs and belongs to the installation. */
export const ROLES = [
  'planner',
  'service-definer',
  'e-rs-lead',
  'communications-lead',
  'approver',
  'clinical-safety-officer',
  'tester',
  'observer',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_WORDS = {
  planner: 'planner',
  'service-definer': 'service definer',
  'e-rs-lead': 'e-RS lead',
  'communications-lead': 'communications lead',
  approver: 'approver',
  'clinical-safety-officer': 'clinical safety officer',
  tester: 'tester',
  observer: 'observer',
  administrator: 'administrator',
} as const satisfies Record<Role, string>;

/** "a planner", "an e-RS lead". */
export function aRole(role: Role): string {
  const words = ROLE_WORDS[role];
  return `${/^[aeio]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** Roles that a guest of the workspace may hold (rule 9). */
export const GUEST_ROLES: readonly Role[] = ['tester', 'observer'];

export function isRole(word: string): word is Role {
  return (ROLES as readonly string[]).includes(word);
}
