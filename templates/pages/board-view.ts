import type { Action, Card } from '../../src/card/card.ts';
import type { HoursWeek } from '../../src/domain/hours-week.ts';
import { canonicalJson, sha256 } from '../../src/kernel/canonical.ts';

/** What the page needs of a board; the port's board fits it. */
export interface BoardToShow {
  readonly name: string;
  readonly hours: { readonly verdict: string; readonly text: string };
  readonly sections: readonly {
    readonly key: string;
    readonly title: string;
    readonly verb: string;
    readonly card: Card | null;
    readonly empty: string;
  }[];
  readonly week: HoursWeek | null;
  readonly people: readonly {
    readonly id: number;
    readonly name: string;
    readonly roleWords: readonly string[];
    readonly waits: readonly string[];
  }[];
}

/** The parts of the page for one person: what they may press is theirs, all else is everybody's. `version` changes with what is drawn. */
export function boardParts(board: BoardToShow, personId: number, mayUse: (verb: string) => boolean): BoardPartView[] {
  const you = board.people.find(({ id }) => id === personId);
  const now = { key: 'now', title: 'Now', kind: 'now', verb: '/bsu', hours: board.hours, mine: you?.waits ?? [] };
  const sections = board.sections.map(({ card, ...section }) => ({
    ...section,
    kind: 'card',
    card,
    actions: (card?.actions ?? []).flatMap((action) => usable(action, mayUse)),
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
  return parts.map((part) => ({ actions: [], ...part, version: sha256(canonicalJson(part)).slice(0, 16) }));
}

export interface BoardPartView {
  readonly key: string;
  readonly kind: string;
  readonly version: string;
}

/** A link stays in the chat: a personal page leads to verbs alone. */
function usable(action: Action, mayUse: (verb: string) => boolean) {
  return action.kind === 'do' && mayUse(action.verb) ? [action] : [];
}

/** Never by colour alone. */
const VERDICTS = { open: 'Open', amber: 'Amber', closed: 'Closed' };
