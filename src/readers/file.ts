import type { FileKind } from '../domain/extract.ts';
import type { Columns, OpenFile, Table } from '../domain/extract-file.ts';
import { readExtract } from './extract.ts';
import { extractHeader, guessKind, type Header, isFamiliar, refusePatientColumns, supplementHeader } from './header.ts';
import { checkOdsShape, readOds } from './ods.ts';
import { readRecipients, recipientHeader } from './recipients.ts';
import { headOf } from './records.ts';
import { readSupplement } from './supplement.ts';
import { openText, type TextSource } from './text-source.ts';

/** Opens a file of any kind: bytes in, checked rows out. Nothing of it is kept here. */
export const openFile: OpenFile = async (bytes) => {
  const source = await openText(bytes);
  const head = await headOf(source);
  const guessed = guessKind(head);
  if (guessed !== 'practices' && guessed !== 'trusts') refusePatientColumns(head);
  return {
    encoding: source.encoding,
    guessed,
    familiar: isFamiliar(head),
    table: (kind, scope) => tableOf(source, head, kind, scope),
  };
};

function tableOf(source: TextSource, head: readonly string[], kind: FileKind, scope: ReadonlySet<string>): Table {
  switch (kind) {
    case 'extract': {
      const header = extractHeader(head);
      return { kind, ...columnsOf(header), batches: () => readExtract(source, header, scope) };
    }
    case 'supplement': {
      const header = supplementHeader(head);
      return { kind, ...columnsOf(header), batches: () => readSupplement(source, header) };
    }
    case 'recipients': {
      const header = recipientHeader(head);
      return { kind, columns: [], ignored: [], batches: () => readRecipients(source, header) };
    }
    default:
      checkOdsShape(head);
      return { kind, columns: [], ignored: [], batches: () => readOds(source, kind) };
  }
}

function columnsOf(header: Header): Columns {
  return { columns: header.columns.map(({ column }) => column.name), ignored: header.ignored };
}
