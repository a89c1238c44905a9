import { z } from 'zod';
import { type AuditRow, eventIn } from '../domain/audit.ts';
import { Refusal } from '../kernel/errors.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const record = z.object({
  audit: z.object({
    chain: z.string(),
    head: z.object({ seq: z.number().int().min(0), hash }),
    rows: z.array(z.object({ seq: z.number().int(), text: z.string(), hash: z.string() })),
  }),
});

/** The record in a file that was taken along: an evidence pack (HTML or JSON), or an export. */
export interface RecordFile {
  readonly chain: string;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly rows: readonly AuditRow[];
  /** Everything in the file, to see whether a page shows what its data says. */
  readonly whole: unknown;
  readonly isPage: boolean;
}

const ELEMENT = /<script type="application\/json" id="pack">(.*?)<\/script>/s;

/** Reads a pack or an export. Refuses "not-a-record" where there is none in it. */
export function readRecordFile(text: string): RecordFile {
  const element = ELEMENT.exec(text);
  const whole = jsonOf(element?.[1] ?? text);
  const found = record.safeParse(whole);
  if (!found.success) throw unreadable();
  const { chain, head, rows } = found.data.audit;
  return { chain, head, whole, isPage: element !== null, rows: rows.map((row) => rowOf(chain, row)) };
}

/** A file has no columns beside the text: only what the text says of itself can differ. */
function rowOf(chain: string, row: { seq: number; text: string; hash: string }): AuditRow {
  const event = eventIn(row.text);
  return {
    ...row,
    chain,
    at: event?.at ?? '',
    act: event?.act ?? '',
    about: event?.about ?? '',
    personId: event?.person ?? null,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable();
  }
}

function unreadable(): Refusal {
  return new Refusal(
    'not-a-record',
    'That file holds no record of Changeover. Give an evidence pack (its HTML or JSON) or an export.',
  );
}
