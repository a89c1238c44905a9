/** How far the Welsh of a migration's notices is. */
export interface WelshFacts {
  readonly needed: number;
  readonly missing: number;
  /** Of the missing: there are words, for an English that has changed since. */
  readonly outdated: number;
  /** Who can be mailed and is marked for Welsh. */
  readonly marked: number;
  /** Why they get English only; null: they get both. */
  readonly englishOnly: string | null;
  /** By their codes in Wales, and not marked: somebody may want to ask them. */
  readonly inWales: number;
  /** Of the file that was just read; null where none was. */
  readonly read: {
    readonly kept: number;
    readonly takenBack: number;
    readonly blank: number;
    readonly wrong: number;
    /** The first few; the file has all. */
    readonly first: readonly { readonly line: number; readonly key: string; readonly words: string }[];
  } | null;
}
