import { canonicalJson, sha256, shortCode } from '../kernel/canonical.ts';
import { counted } from '../kernel/time-words.ts';
import type { PlannedService, PlanWindow, Target } from './plan.ts';
import type { Link } from './service.ts';

/** The inputs that a vote covers (rule 8; contracts, Hash and votes): nothing that is computed from them. */
export interface Bundle {
  readonly plan: number;
  readonly kind: 'plan' | 'practice';
  /** By service id. */
  readonly services: readonly BundleService[];
  readonly target: Target;
  readonly outage: { readonly from: string; readonly to: string } | null;
  readonly windows: readonly PlanWindow[];
  readonly runner: number | null;
  readonly deputy: number | null;
  readonly notices: BundleNotices;
  /** Service ids, sorted. */
  readonly verification: readonly string[];
}

export interface BundleService {
  readonly serviceId: string;
  readonly from: Link;
  readonly to: Link;
}

/** What people wrote for the notices, and whom they go to: JSON values, as the notices' room holds them. */
export interface BundleNotices {
  readonly wording: Readonly<Record<string, unknown>>;
  readonly audience: Readonly<Record<string, unknown>>;
  /** Welsh words by the key of the text; left out where there are none. */
  readonly welsh?: Readonly<Record<string, string>>;
}

/** The bundle with the text that was hashed, the hash and its short code for people: "K7Q-4F2". */
export interface SealedBundle {
  readonly bundle: Bundle;
  readonly text: string;
  readonly hash: string;
  readonly code: string;
}

/** Orders what has no order of its own, so that equal inputs give equal hashes. */
export function seal(bundle: Bundle): SealedBundle {
  const ordered: Bundle = {
    ...bundle,
    services: bundle.services
      .map(({ serviceId, from, to }) => ({ serviceId, from, to }))
      .sort((a, b) => (a.serviceId < b.serviceId ? -1 : 1)),
    verification: bundle.verification.toSorted(),
  };
  const text = canonicalJson(ordered);
  const hash = sha256(text);
  return { bundle: ordered, text, hash, code: shortCode(hash) };
}

export function bundleServices(planned: readonly PlannedService[]): BundleService[] {
  return planned.map(({ serviceId, from, to }) => ({ serviceId, from, to }));
}

/** What a change of inputs does to the votes (rule 10). */
export interface BundleChange {
  readonly votes: 'keep' | 'ask-safety-officer-again' | 'void';
  /** One line for each input that differs, for the card and the audit. */
  readonly lines: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Compares two states of the inputs. Only taking services off keeps the approvers' votes, unless one of them is a
 * verification or business-critical service; any other change voids all. Equal inputs keep all.
 */
export function bundleChange(before: Bundle, after: Bundle, businessCritical: ReadonlySet<string>): BundleChange {
  const services = serviceChanges(before, after);
  const others = PARTS.filter(({ of }) => canonicalJson(of(before)) !== canonicalJson(of(after))).map(
    ({ words }) => words,
  );
  const lines = [...services.lines, ...others];
  if (lines.length === 0) return { votes: 'keep', lines, removed: [] };
  const precious = services.removed.filter((id) => businessCritical.has(id) || before.verification.includes(id));
  const onlyRemoved = others.length === 0 && services.added === 0 && services.changed === 0 && precious.length === 0;
  return {
    votes: onlyRemoved && after.services.length > 0 ? 'ask-safety-officer-again' : 'void',
    lines:
      precious.length > 0
        ? [
            ...lines,
            `${named(precious)} ${was(precious)} to be verified or polled on the day, so every vote is asked for again`,
          ]
        : lines,
    removed: services.removed,
  };
}

const PARTS: readonly { readonly of: (bundle: Bundle) => unknown; readonly words: string }[] = [
  { of: (bundle) => bundle.target, words: 'the new provider system or organisation changed' },
  { of: (bundle) => bundle.outage, words: 'the outage changed' },
  { of: (bundle) => bundle.windows, words: 'the window or a reserve window changed' },
  { of: (bundle) => bundle.runner, words: 'the service definer changed' },
  { of: (bundle) => bundle.deputy, words: 'the deputy changed' },
  { of: (bundle) => bundle.notices.wording, words: "the notices' wording changed" },
  { of: (bundle) => bundle.notices.welsh ?? {}, words: 'the Welsh words of the notices changed' },
  { of: (bundle) => bundle.notices.audience, words: 'who gets the notices changed' },
  { of: (bundle) => bundle.verification, words: 'the verification services changed' },
  { of: (bundle) => [bundle.plan, bundle.kind], words: 'the kind of plan changed' },
];

function serviceChanges(before: Bundle, after: Bundle) {
  const old = new Map(before.services.map((service) => [service.serviceId, canonicalJson(service)]));
  const now = new Map(after.services.map((service) => [service.serviceId, canonicalJson(service)]));
  const removed = [...old.keys()].filter((id) => !now.has(id));
  const added = [...now.keys()].filter((id) => !old.has(id));
  const changed = [...now.keys()].filter((id) => old.has(id) && old.get(id) !== now.get(id));
  const lines = [
    ...(added.length > 0 ? [`${named(added)} ${was(added)} added`] : []),
    ...(removed.length > 0
      ? [`${named(removed)} ${was(removed)} taken off and ${removed.length === 1 ? 'stays' : 'stay'} on the old system`]
      : []),
    ...(changed.length > 0 ? [`${named(changed)} ${was(changed)} changed in e-RS since`] : []),
  ];
  return { removed, added: added.length, changed: changed.length, lines };
}

function named(ids: readonly string[]): string {
  if (ids.length === 1) return `service ${ids[0]}`;
  if (ids.length <= 3) return `services ${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
  return counted(ids.length, 'service');
}

function was(ids: readonly string[]): string {
  return ids.length === 1 ? 'was' : 'were';
}
