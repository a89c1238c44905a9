import type { NoticeBlock } from './document.ts';
import type { MailVersion } from './mail-version.ts';

/** The plain-text twin of the HTML: the same document, in the same order, with nothing left out (rule 22). */
export function plainText(versions: readonly MailVersion[]): string {
  const parts = versions.map(partOf);
  if (parts.length === 1) return `${parts.join('')}\n`;
  return `${[versions.map(({ both }) => both).join('\n'), ...parts].join(`\n\n${BETWEEN}\n\n`)}\n`;
}

const BETWEEN = '='.repeat(72);

function partOf(one: MailVersion): string {
  const { doc } = one;
  const parts = [
    heading(doc.title),
    doc.lead,
    doc.facts.map((fact) => `${fact.label}: ${fact.value}`).join('\n'),
    ...(doc.cancer ? [heading(doc.cancer.heading), ...doc.cancer.paragraphs] : []),
    ...doc.sections.flatMap((part) => [heading(part.heading), ...part.blocks.map(blockText)]),
    `${one.pageLabel}:\n${one.page}`,
    one.sentTo,
    `${one.wrongAddress}\n${one.wrongAddressLink}`,
    `${doc.reference} ${one.never}`,
  ];
  return parts.join('\n\n');
}

function heading(words: string): string {
  return `${words}\n${'-'.repeat(Math.min(words.length, 72))}`;
}

function blockText(block: NoticeBlock): string {
  return block.kind === 'list' ? block.items.map((item) => `- ${item}`).join('\n') : block.text;
}
