import type { SlackEvent } from './incoming.ts';
import type { SlackParts } from './parts.ts';

export async function offerImport(_parts: SlackParts, _event: Extract<SlackEvent, { kind: 'file' }>): Promise<void> {}
