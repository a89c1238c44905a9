import type { Instant, Json } from './installation.ts';

export interface DownloadTable {
  /** The token itself is nowhere but in the link. */
  token_hash: string;
  files: Json<readonly { name: string; mediaType: string; text: string }[]>;
  /** By the machine's clock. */
  expires_at: Instant;
}
