import type { Defaulted, Id, Instant, Json, Nullable } from './installation.ts';

export interface ChatMessageTable {
  id: Id;
  channel_id: string;
  thread: Nullable<number>;
  author: Nullable<string>;
  only_for: Nullable<string>;
  card: Json<object | null>;
  text: Nullable<string>;
  mentions: Json<readonly string[]>;
  files: Json<readonly { name: string; mediaType: string; text: string }[]>;
  key: Nullable<string>;
  version: Defaulted<number>;
  posted_at: Instant;
  edited_at: Nullable<Instant>;
}
