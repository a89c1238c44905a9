import { answered, type Stage } from './stage.ts';

/**
 * After a kill some mails are unknown: they may have gone out. A person finds out, here in the rehearsal's inbox, and decides
 * each. `earlier`: how many mails each recipient had before this notice. Gives how many were decided.
 */
export async function decideUnknown(
  { doors, world, transcript }: Stage,
  notice: number,
  earlier: number,
): Promise<number> {
  const by = 'communications-lead';
  let decided = 0;
  for (;;) {
    const shown = answered(await doors.press(by, 'notices', { notice: String(notice) }));
    const problems = shown.problems as readonly { readonly code: string; readonly status: string }[];
    const [unknown] = problems.filter((one) => one.status === 'unknown');
    if (!unknown) break;
    const { total } = await world.get(`/inbox/api/messages?to=${addressOf(unknown.code)}&limit=1`);
    const as = Number(total) > earlier ? 'arrived' : 'again';
    answered(await doors.press(by, 'resend', { what: 'unknown', notice: String(notice), code: unknown.code, as }));
    decided += 1;
  }
  if (decided > 0) transcript.say(`${decided} mails were unknown; each was looked up in the inbox and decided.`);
  return decided;
}

function addressOf(code: string): string {
  const commissioner = /^XC(\d\d)$/.exec(code)?.[1];
  return commissioner === undefined ? `${code}@referrer.example` : `commissioner-${commissioner}@commissioner.example`;
}
