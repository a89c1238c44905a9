/** A notice in words, before it is HTML or plain text: both are written from this, so neither can say less (rule 22). */
export interface NoticeDocument {
  readonly subject: string;
  /** What the inbox shows behind the subject. */
  readonly preheader: string;
  readonly title: string;
  /** The answer in one breath. */
  readonly lead: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Urgent suspected cancer, first and set apart (domain, Notices). */
  readonly cancer: { readonly heading: string; readonly paragraphs: readonly string[] } | null;
  readonly sections: readonly NoticeSection[];
  /** The quiet lines: reference, version, what it replaces. */
  readonly reference: string;
}

/** The recipient's own values, or the marks that stand for them while all recipients' mails are made as one. */
export interface PersonalWords {
  readonly name: string;
  readonly why: string;
  readonly wrongAddress: string;
  /** The same form in Welsh, where there is one. */
  readonly wrongAddressInWelsh?: string;
}

export interface NoticeSection {
  readonly heading: string;
  readonly blocks: readonly NoticeBlock[];
}

export type NoticeBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

export function section(heading: string, ...blocks: NoticeBlock[]): NoticeSection {
  return { heading, blocks };
}

export function text(words: string): NoticeBlock {
  return { kind: 'text', text: words };
}

export function list(items: readonly string[]): NoticeBlock {
  return { kind: 'list', items };
}

/** What a person wrote: paragraphs between blank lines; lines that all start with "- " are a list. */
export function written(words: string): NoticeBlock[] {
  return words
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .filter((lines) => lines.length > 0)
    .map((lines) =>
      lines.every((line) => line.startsWith('- ')) ? list(lines.map((line) => line.slice(2))) : text(lines.join(' ')),
    );
}

/** One point a line, with or without a dash. */
export function points(words: string): NoticeBlock {
  return list(
    words
      .split('\n')
      .map((line) => line.trim().replace(/^- /, ''))
      .filter((line) => line !== ''),
  );
}
