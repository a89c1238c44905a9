/** A file of an answer. */
export interface DownloadFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/** How long a link to files works, in minutes (product: as any personal link). */
export const DOWNLOAD_MINUTES = 15;

/** Files behind a link that its holder alone has: for answers that cannot hold a file. Looking changes nothing. */
export interface Downloads {
  /** Keeps the files for a while; gives the address, which goes to the asker alone. */
  offer(files: readonly DownloadFile[]): Promise<string>;
  /** Null for a token that nobody was given, and for one that has ended. */
  open(token: string): Promise<readonly DownloadFile[] | null>;
}
