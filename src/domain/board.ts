export interface BoardAnswers {
  readonly 'board.linked': BoardLinkFacts;
}

/** The way to a migration's board. */
export interface BoardLinkFacts {
  readonly migration: string;
  readonly provider: string;
}
