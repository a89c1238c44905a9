import type { Action, Card } from '../../src/card/card.ts';
import type { HoursWeek } from '../../src/domain/hours-week.ts';
import type { Barred, Offer } from '../../src/domain/press.ts';
import { canonicalJson, sha256 } from '../../src/kernel/canonical.ts';
import { type AsiToDraw, asiChart } from './asi-view.ts';

/** What the page needs of a board; the port's board fits it. */
export interface BoardToShow {
  readonly name: string;
  readonly hours: { readonly verdict: string; readonly text: string };
  readonly where: readonly string[];
  readonly blocks: readonly string[];
  readonly sections: readonly {
    readonly key: string;
    readonly title: string;
    readonly verb: string;
    readonly card: Card | null;
    readonly empty: string;
    readonly chart: AsiToDraw | null;
  }[];
  readonly week: HoursWeek | null;
  readonly people: readonly {
    readonly id: number;
    readonly name: string;
    readonly roleWords: readonly string[];
    readonly waits: readonly string[];
    readonly barred: readonly Barred[];
    readonly offers: readonly Offer[];
  }[];
}

type Do = Extract<Action, { kind: 'do' }>;

/** The parts of the page for one person: what they may press is theirs, all else is everybody's. `version` changes with what is drawn. */
export function boardParts(board: BoardToShow, personId: number, mayUse: (verb: string) => boolean): BoardPartView[] {
  const you = board.people.find(({ id }) => id === personId);
  const now = {
    key: 'now',
    title: 'Now',
    kind: 'now',
    verb: '/bsu',
    hours: board.hours,
    where: board.where,
    blocks: board.blocks,
    mine: you?.waits ?? [],
    others: board.people
      .filter(({ id, waits }) => id !== personId && waits.length > 0)
      .map(({ name, waits }) => ({ name, waits: waits.map((one) => one.replace(/^Your /, 'Their ')) })),
  };
  const sections = board.sections.map(({ card, chart, ...section }) => ({
    ...section,
    kind: 'card',
    card,
    chart: chart && asiChart(chart),
    ...pressable(section.key, card?.actions ?? [], you, mayUse),
  }));
  const week = {
    key: 'week',
    title: 'The window in the week',
    kind: 'week',
    verb: '/bsu hours',
    week: board.week,
    verdicts: VERDICTS,
  };
  const people = {
    key: 'people',
    title: 'People',
    kind: 'people',
    verb: '/bsu people',
    people: board.people.map(({ name, roleWords, waits }) => ({
      name,
      roles: roleWords.join(', '),
      waits,
    })),
  };
  const parts = [now, ...sections.slice(0, -1), ...(board.week ? [week] : []), people, ...sections.slice(-1)];
  const index = parts.slice(1).map(({ key, title }) => ({ key, title }));
  return parts
    .map((part) => (part.key === 'now' ? { ...part, index } : part))
    .map((part) => ({ actions: [], notNow: [], ...part, version: sha256(canonicalJson(part)).slice(0, 16) }));
}

export interface BoardPartView {
  readonly key: string;
  readonly kind: string;
  readonly version: string;
}

/**
 * What this person can do now; and of what their roles have but would do nothing now, the reason, said once. A link stays in the
 * chat: a personal page leads to verbs alone.
 */
function pressable(
  part: string,
  all: readonly Action[],
  you: BoardToShow['people'][number] | undefined,
  mayUse: (verb: string) => boolean,
) {
  const usable = all.filter((action): action is Do => action.kind === 'do' && mayUse(action.verb));
  const judged = usable.map((action) => ({
    action,
    why: you?.barred.find((one) => one.part === part && fits(one, action))?.why ?? null,
  }));
  const own = (you?.offers ?? []).filter((one) => one.part === part && mayUse(one.verb));
  const reasons = Map.groupBy(
    judged.filter(({ why }) => why !== null),
    ({ why }) => why ?? '',
  );
  return {
    actions: [
      ...judged.filter(({ why }) => why === null).map(({ action }) => action),
      ...own.map(({ label, verb, input }): Do => ({ kind: 'do', label, verb, input })),
    ],
    notNow: [...reasons].map(([why, some]) => ({
      what: [...new Set(some.map(({ action }) => action.label.replace(/…$/, '')))].join(', '),
      why,
    })),
  };
}

function fits({ verb, input }: Barred, action: Do): boolean {
  return verb === action.verb && Object.entries(input).every(([name, value]) => (action.input[name] ?? null) === value);
}

/** Never by colour alone. */
const VERDICTS = { open: 'Open', amber: 'Amber', closed: 'Closed' };
