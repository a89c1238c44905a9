import type { Role } from './role.ts';

/** Which step an item stands before: submitting the plan, running it, or completing it (rule 7). */
export const GATES = ['submit', 'run', 'complete'] as const;
export type Gate = (typeof GATES)[number];

/** One operational consideration of the guidance. */
export interface ChecklistItem {
  readonly key: string;
  /** True when the item is done. */
  readonly title: string;
  readonly owner: Role;
  readonly gate: Gate;
  /** What to write down as evidence. */
  readonly evidence: string;
  /** False: it is found in the data and cannot be ticked by a person. */
  readonly byHand: boolean;
  /** Days for which a tick holds (a setting's name), or null: for good. */
  readonly validFor: 'testBookingValidDays' | null;
  /** A tick holds only for the provider system that it was made for. */
  readonly forTarget: boolean;
  /** Does a practice plan need it too? */
  readonly inPractice: boolean;
}

/** The guidance's list (rule 7), in its order, then the closing tasks of rule 25. */
export const CHECKLIST: readonly ChecklistItem[] = [
  byHand('stakeholders', 'Stakeholders and the e-RS lead are involved', 'e-rs-lead', 'submit', 'Who, and since when'),
  byHand(
    'migration-plan',
    'The overall migration plan includes the e-RS steps',
    'e-rs-lead',
    'submit',
    'Where the plan is kept, and its version',
  ),
  byHand(
    'outages-checked',
    'Planned e-RS outages are checked on the live service pages',
    'planner',
    'submit',
    'What the pages said, and when you looked',
  ),
  byHand(
    'outage-sign-up',
    'Signed up for e-RS outage notifications',
    'e-rs-lead',
    'submit',
    'Which mailbox receives them',
  ),
  tested(
    'test-service',
    'A test service is created and linked to the new system with the bulk tool',
    'service-definer',
    'The test service id, and when it was linked',
  ),
  tested(
    'test-booking',
    'Slot polling, booking and cancelling are verified with a test patient',
    'tester',
    'What was tried and seen, with our reference (T-1), never a UBRN',
  ),
  derived(
    'contact-details',
    'Patient-facing contact details are complete for all services',
    'planner',
    'submit',
    'Found in the extract: see the gaps',
    true,
  ),
  derived(
    'verification-services',
    'Verification services are identified across the sites',
    'planner',
    'submit',
    'Named on the plan',
  ),
  byHand(
    'critical-services',
    'Business-critical services are identified',
    'e-rs-lead',
    'submit',
    'Who confirmed the list',
  ),
  derived(
    'informed',
    'Commissioners and referrers know the plans, the outage and the local continuity',
    'communications-lead',
    'run',
    'Set by the notices',
  ),
  derived(
    'sign-off',
    'The clinical safety officer has signed off',
    'clinical-safety-officer',
    'run',
    'Set by the vote',
  ),
  byHand(
    'displaced',
    'Displaced appointments are worked',
    'e-rs-lead',
    'complete',
    'How many, and who contacted the patients',
  ),
  byHand(
    'test-bookings-cancelled',
    'Test bookings are cancelled',
    'tester',
    'complete',
    'Which of our references were cancelled',
  ),
  byHand('test-service-unpublished', 'The test service is unpublished', 'service-definer', 'complete', 'When'),
];

/** An item that a migration added to the guidance's: ticked by hand, with whatever evidence its owner has. */
export function ownItem(key: string, title: string, owner: Role, gate: Gate): ChecklistItem {
  return byHand(key, title, owner, gate, 'What shows that it is done');
}

function byHand(key: string, title: string, owner: Role, gate: Gate, evidence: string): ChecklistItem {
  return { key, title, owner, gate, evidence, byHand: true, validFor: null, forTarget: false, inPractice: false };
}

function tested(key: string, title: string, owner: Role, evidence: string): ChecklistItem {
  return { ...byHand(key, title, owner, 'run', evidence), validFor: 'testBookingValidDays', forTarget: true };
}

function derived(
  key: string,
  title: string,
  owner: Role,
  gate: Gate,
  evidence: string,
  inPractice = false,
): ChecklistItem {
  return { ...byHand(key, title, owner, gate, evidence), byHand: false, inPractice };
}
