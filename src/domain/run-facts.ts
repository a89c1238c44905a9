import type { GuidedPlace, Run, RunItem } from './run.ts';
import { itemMove } from './run.ts';
import type { GuidedFacts } from './run-answers.ts';
import { type GuidedGroup, SCREEN_STEP } from './run-guided.ts';

/** How many services are looked at on the screen after Update: one a site. */
const SAMPLE_LIMIT = 5;

const NOWHERE = { organisation: '', asid: '' };

/** The group of ticks that a guided run is at, from its items; verification services are looked at first (rule 26). */
export function guidedGroup(
  items: readonly RunItem[],
  number: number,
  last: number,
  verification: readonly string[],
): GuidedGroup {
  const bySite = Map.groupBy(items, (item) => item.site);
  const sample = [...bySite.values()]
    .map((here) => here.find((item) => verification.includes(item.serviceId)) ?? here[0])
    .flatMap((item) => item?.serviceId ?? [])
    .slice(0, SAMPLE_LIMIT);
  return {
    number,
    last,
    expected: new Map([...bySite].map(([site, here]) => [site, here.length])),
    changesOrganisation: items.some((item) => item.from.organisation !== item.to.organisation),
    sample,
  };
}

/** What the card of a guided run shows. How many services a site has is not in it before all sites were counted. */
export function guidedFacts(given: {
  readonly run: Run;
  readonly place: GuidedPlace;
  readonly items: readonly RunItem[];
  readonly group: GuidedGroup;
  readonly nameOf: (personId: number) => string;
  readonly siteName: (code: string) => string;
  /** Places ("organisation/site") that are one tick each. */
  readonly whole: ReadonlySet<string>;
  /** Who reads it; null where everybody does. */
  readonly asker: number | null;
}): GuidedFacts {
  const { place, items, group, nameOf } = given;
  const [first] = items;
  const { from, to } = first ? itemMove(first) : { from: NOWHERE, to: NOWHERE };
  const byCount = place.counts[0]?.by;
  return {
    step: place.step,
    screenStep: SCREEN_STEP[place.step],
    group: place.group,
    groups: group.last,
    from,
    to,
    changesOrganisation: group.changesOrganisation,
    sites: [...Map.groupBy(items, (item) => item.site)].map(([site, here]) => ({
      site,
      name: given.siteName(site),
      services: here.map(({ serviceId, name }) => ({ serviceId, name })),
      whole: here.every(({ from: { organisation } }) => given.whole.has(`${organisation}/${site}`)),
      counted: place.counts.find((one) => one.site === site)?.counted ?? null,
    })),
    wrong: place.wrong,
    countedBy: byCount === undefined ? null : nameOf(byCount),
    ...(given.asker === null ? {} : { youCounted: place.counts.some((one) => one.by === given.asker) }),
    confirmedBy: place.confirmedBy === null ? null : nameOf(place.confirmedBy.by),
    pressedAt: place.updatePressed?.at ?? null,
    readBack: place.readBack.map((serviceId) => ({
      serviceId,
      name: items.find((item) => item.serviceId === serviceId)?.name ?? '',
    })),
    since: place.since,
  };
}
