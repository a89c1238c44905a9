import { Refusal } from '../kernel/errors.ts';
import type { GuidedPlace, GuidedStep } from './run.ts';
import { type WrongCount, wrongCounts } from './run-count.ts';

/** What is known of the group of ticks that the guided run is at. */
export interface GuidedGroup {
  readonly number: number;
  readonly last: number;
  /** By site, how many of this group the plan holds there. */
  readonly expected: ReadonlyMap<string, number>;
  /** The screen's step 6 is needed: the organisation changes too. */
  readonly changesOrganisation: boolean;
  /** Services to be looked at after Update. */
  readonly sample: readonly string[];
}

export type GuidedAction =
  | { readonly kind: 'done' }
  | { readonly kind: 'counted'; readonly site: string; readonly counted: number }
  | { readonly kind: 'confirmed'; readonly how: 'person' }
  /** Stands for the second person: it shows what whoever counted saw. `sha256`: of the picture, which is not kept. */
  | { readonly kind: 'confirmed'; readonly how: 'screenshot'; readonly sha256: string }
  | { readonly kind: 'pressed' }
  | { readonly kind: 'update-failed' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'shows'; readonly serviceId: string; readonly new: boolean }
  /** On the way back: this service shows something else than the run left, so it is not ticked (rule 18). */
  | { readonly kind: 'other'; readonly serviceId: string };

/** What is to be written besides the new place. `intend`: the group becomes `applying`, before Update is pressed (rule 16). */
export type GuidedEffect =
  | { readonly kind: 'none' | 'intend' | 'applied' | 'cleared' | 'group-confirmed' | 'update-failed' }
  | { readonly kind: 'wrong-count'; readonly wrong: readonly WrongCount[] }
  | { readonly kind: 'still-old' | 'set-aside'; readonly serviceId: string };

export interface GuidedDecision {
  readonly place: GuidedPlace;
  readonly effect: GuidedEffect;
}

/** Which of the screen's eight steps (guidance) a step of ours belongs to; null where it is ours alone. */
export const SCREEN_STEP = {
  'log-in': 1,
  filter: 2,
  tick: 3,
  count: 3,
  'second-person': 3,
  enable: 4,
  'provider-system': 5,
  organisation: 6,
  update: 7,
  'read-back': null,
  finished: null,
} as const satisfies Record<GuidedStep, number | null>;

const AFTER_DONE = {
  'log-in': 'filter',
  filter: 'tick',
  tick: 'count',
  count: null,
  'second-person': null,
  enable: 'provider-system',
  'provider-system': 'organisation',
  organisation: 'update',
  update: null,
  'read-back': null,
  finished: null,
} as const satisfies Record<GuidedStep, GuidedStep | null>;

export function firstPlace(now: Temporal.Instant): GuidedPlace {
  return { ...placeAt(1, 'log-in', now), readBack: [] };
}

/** The next place and what is to be written (rule 15). Refuses "guided-step" for what the present step does not ask. */
export function guide(
  place: GuidedPlace,
  group: GuidedGroup,
  action: GuidedAction,
  by: number,
  now: Temporal.Instant,
): GuidedDecision {
  const at = now.toString();
  const go = (step: GuidedStep, effect: GuidedEffect['kind'] = 'none'): GuidedDecision => ({
    place: { ...place, step, wrong: [], since: at },
    effect: { kind: effect } as GuidedEffect,
  });
  switch (action.kind) {
    case 'done':
      return doneStep(place, group, go);
    case 'counted':
      return count(place, group, action, by, at);
    case 'confirmed': {
      asked(place, 'second-person');
      if (action.how === 'person' && place.counts.some((one) => one.by === by)) {
        throw new Refusal(
          'second-person',
          'You counted them yourself, so someone else has to look and confirm, or a screenshot shows it.',
        );
      }
      return { ...go('enable'), place: { ...go('enable').place, confirmedBy: { by, at, how: action.how } } };
    }
    case 'pressed':
      asked(place, 'update');
      return {
        place: { ...place, step: 'read-back', updatePressed: { by, at }, readBack: group.sample, since: at },
        effect: { kind: 'applied' },
      };
    case 'update-failed':
      asked(place, 'update');
      return { place: placeAt(place.group, 'filter', now), effect: { kind: 'update-failed' } };
    case 'clear':
      if (place.step === 'read-back' || place.step === 'finished') {
        throw new Refusal(
          'guided-step',
          'Update was pressed already, so Clear changes nothing. Read the services back first.',
        );
      }
      return { place: placeAt(place.group, 'filter', now), effect: { kind: 'cleared' } };
    case 'other':
      asked(place, 'tick');
      return { place: { ...place, wrong: [] }, effect: { kind: 'set-aside', serviceId: action.serviceId } };
    case 'shows':
      return shows(place, group, action, now);
  }
}

function doneStep(
  place: GuidedPlace,
  group: GuidedGroup,
  go: (step: GuidedStep, effect?: GuidedEffect['kind']) => GuidedDecision,
): GuidedDecision {
  const following = AFTER_DONE[place.step];
  if (following === null) throw wrongStep(place.step);
  const step = following === 'organisation' && !group.changesOrganisation ? 'update' : following;
  return step === 'update' ? go('update', 'intend') : go(step);
}

function count(
  place: GuidedPlace,
  group: GuidedGroup,
  { site, counted }: { site: string; counted: number },
  by: number,
  at: string,
): GuidedDecision {
  asked(place, 'count');
  if (!group.expected.has(site)) {
    throw new Refusal('guided-site', `Site ${site} is not in this group.`, {
      facts: { sites: [...group.expected.keys()] },
    });
  }
  const counts = [...place.counts.filter((one) => one.site !== site), { site, counted, by, at }];
  if (counts.length < group.expected.size) {
    return { place: { ...place, counts, since: at }, effect: { kind: 'none' } };
  }
  const wrong = wrongCounts(counts.map((one) => ({ ...one, expected: group.expected.get(one.site) ?? 0 })));
  if (wrong.length > 0) {
    return { place: { ...place, step: 'tick', counts: [], wrong, since: at }, effect: { kind: 'wrong-count', wrong } };
  }
  return { place: { ...place, step: 'second-person', counts, since: at }, effect: { kind: 'none' } };
}

function shows(
  place: GuidedPlace,
  group: GuidedGroup,
  action: { serviceId: string; new: boolean },
  now: Temporal.Instant,
): GuidedDecision {
  asked(place, 'read-back');
  if (!place.readBack.includes(action.serviceId)) {
    throw new Refusal('guided-service', `Service ${action.serviceId} is not one of those to look at now.`);
  }
  const after: GuidedPlace =
    group.number < group.last ? placeAt(group.number + 1, 'filter', now) : placeAt(group.number, 'finished', now);
  if (!action.new) return { place: after, effect: { kind: 'still-old', serviceId: action.serviceId } };
  const readBack = place.readBack.filter((one) => one !== action.serviceId);
  if (readBack.length > 0) return { place: { ...place, readBack }, effect: { kind: 'none' } };
  return { place: after, effect: { kind: 'group-confirmed' } };
}

/** A fresh start at a step of a group. */
export function placeAt(group: number, step: GuidedStep, now: Temporal.Instant): GuidedPlace {
  return {
    group,
    step,
    counts: [],
    confirmedBy: null,
    updatePressed: null,
    wrong: [],
    readBack: [],
    since: now.toString(),
  };
}

function asked(place: GuidedPlace, step: GuidedStep): void {
  if (place.step !== step) throw wrongStep(place.step);
}

function wrongStep(step: GuidedStep): Refusal {
  return new Refusal('guided-step', 'That belongs to another step. The card shows where the run is now.', {
    facts: { step },
  });
}
