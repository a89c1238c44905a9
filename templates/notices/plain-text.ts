import type { NoticeBlock, NoticeDocument, PersonalWords } from './document.ts';

/** The plain-text twin of the HTML: the same document, in the same order, with nothing left out (rule 22). */
export function plainText(
  doc: NoticeDocument,
  links: { readonly page: string; readonly pageLabel: string },
  personal: PersonalWords,
): string {
  const parts = [
    heading(doc.title),
    doc.lead,
    doc.facts.map((fact) => `${fact.label}: ${fact.value}`).join('\n'),
    ...(doc.cancer ? [heading(doc.cancer.heading), ...doc.cancer.paragraphs] : []),
    ...doc.sections.flatMap((part) => [heading(part.heading), ...part.blocks.map(blockText)]),
    `${links.pageLabel}:\n${links.page}`,
    `Sent to ${personal.name} (${personal.why}).`,
    `Wrong address, or should someone else get this?\n${personal.wrongAddress}`,
    `${doc.reference} Never send patient details in reply to this notice.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function heading(words: string): string {
  return `${words}\n${'-'.repeat(Math.min(words.length, 72))}`;
}

function blockText(block: NoticeBlock): string {
  return block.kind === 'list' ? block.items.map((item) => `- ${item}`).join('\n') : block.text;
}
