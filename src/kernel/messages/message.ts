/** The kinds of notice in which a message stands; the domain holds them to its own list. */
export type MessageKind =
  | 'planned'
  | 'reminder'
  | 'started'
  | 'extended'
  | 'moved'
  | 'completed'
  | 'rolled-back'
  | 'cancelled'
  | 'update';

/** One sentence of the notices, or a part of one: English words with `{names}` where values go. */
export interface Message {
  readonly en: string;
  /** Where its readers meet it, for whoever translates. */
  readonly where: string;
  readonly kinds: readonly MessageKind[];
  /** Always asked for; only in a preview while something is not set yet; or only in a zone that is not the United Kingdom's. */
  readonly when: 'always' | 'unset' | 'uk' | 'elsewhere';
}

export const AHEAD = ['planned', 'reminder', 'started', 'extended', 'moved'] as const;
export const OPEN_AGAIN = ['completed', 'rolled-back'] as const;
export const EVERY = [...AHEAD, ...OPEN_AGAIN, 'cancelled', 'update'] as const;

export function message(
  en: string,
  where: string,
  kinds: readonly MessageKind[] = EVERY,
  when: Message['when'] = 'always',
): Message {
  return { en, where, kinds, when };
}
