import { boardParts } from '../../../templates/pages/board-view.ts';
import type { Account } from '../../domain/person.ts';
import type { Role } from '../../domain/role.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { Board, BoardFeed } from '../../ports/board-pages.ts';
import type { PersonalPage } from './personal-page.ts';

export interface BoardPageDeps {
  readonly boards: BoardFeed;
  /** May somebody with these roles, by this account, use the verb at all: only then its button is drawn. */
  mayUse(verb: string, roles: readonly Role[], account: Account): boolean;
}

/** The board of a migration, for a person with a role in it: everybody's facts, and that person's own buttons. */
export function boardPage(deps: BoardPageDeps): PersonalPage {
  return {
    route: '/pages/:migration/board',
    async show(visit) {
      await visit.answer('board.linked', 'board');
      const board = await deps.boards.board(Number(visit.params.migration));
      if (board === null) throw new Refusal('no-migration', 'There is no such migration any more.');
      return {
        template: 'board',
        facts: { board, parts: partsFor(deps, board, visit.owner), live: `/pages/${board.migrationId}/board/live` },
      };
    },
  };
}

/** What one person sees of a board that was read for everybody. */
export function partsFor(
  deps: BoardPageDeps,
  board: Board,
  owner: { readonly personId: number; readonly account: Account },
) {
  const roles = board.people.find(({ id }) => id === owner.personId)?.roles ?? [];
  return boardParts(board, owner.personId, (verb) => deps.mayUse(verb, roles, owner.account));
}
