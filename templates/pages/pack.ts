import type { Pack } from '../../src/domain/pack.ts';
import { renderPage } from './render.ts';

/** The evidence pack as one page (rule 27): no other file, no script that runs, nothing from a network; its data stands in it whole. */
export function packPage(pack: Pack): string {
  const { audit, ...rest } = pack;
  const events = audit.rows.map(({ seq, text, hash }) => ({ seq, hash, ...eventOf(text) }));
  return renderPage('pack', { ...rest, audit, events, data: embedded(pack) });
}

interface Shown {
  readonly at: string;
  readonly act: string;
  readonly about: string;
  readonly account: string;
  readonly facts: string;
}

/** A row that cannot be read is shown as it stands: the check names it. */
function eventOf(text: string): Shown {
  try {
    const { at, act, about, account, facts } = JSON.parse(text) as Omit<Shown, 'facts'> & { facts: unknown };
    return { at, act, about, account, facts: JSON.stringify(facts) };
  } catch {
    return { at: '', act: '', about: '', account: '', facts: text };
  }
}

/** JSON that nothing in a page can be mistaken for: no "<" ends the element that holds it. */
function embedded(pack: Pack): string {
  return JSON.stringify(pack).replaceAll('<', '\\u003c');
}
