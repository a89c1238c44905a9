import { Refusal } from '../kernel/errors.ts';

const MOST = 20_000;
const HEADING = /^"?(?:service[ _]?id|id)"?$/i;

/**
 * The service ids of an uploaded list: one a line, or the first column of a CSV, with or without a heading. Blank lines and
 * doubles go. Refuses "bad-list" with the line of each fault: never a part of a list.
 */
export function readIdList(text: string, name: string): readonly string[] {
  const ids = new Set<string>();
  const faults: string[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const [first = ''] = line.split(/[,;\t]/);
    const id = first.trim().replace(/^"(.*)"$/, '$1');
    if (line.trim() === '' || (ids.size === 0 && faults.length === 0 && HEADING.test(id))) continue;
    if (/^\d{1,20}$/.test(id)) ids.add(id);
    else faults.push(`line ${index + 1}`);
  }
  if (faults.length > 0) {
    const more = faults.length > 5 ? ` and ${faults.length - 5} more` : '';
    throw badList(
      `${name} has no service id at ${faults.slice(0, 5).join(', ')}${more}. The first column must hold it.`,
    );
  }
  if (ids.size === 0) throw badList(`${name} holds no service id.`);
  if (ids.size > MOST) throw badList(`${name} holds ${ids.size} service ids; ${MOST} are the most.`);
  return [...ids];
}

function badList(sentence: string): Refusal {
  return new Refusal('bad-list', `${sentence} Nothing was selected: mend the list and send it again.`, {
    fields: { file: sentence },
  });
}
