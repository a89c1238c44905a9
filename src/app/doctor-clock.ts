import type { Connection } from '../../db/connect.ts';
import { examineDatabase } from '../../db/examine.ts';
import type { Config } from '../config.ts';
import type { DoctorCheck } from '../domain/status.ts';
import { systemClock } from '../kernel/clock.ts';
import { lengthInWords } from '../kernel/time-words.ts';

/** How far the machine's clock may be from another's, in seconds: five times as much, and what Slack signs is refused. */
const MOST = 60;
const TIMEOUT = 8_000;

/** Does the machine's clock agree with the database's and with Slack's? Windows and signatures are judged by it. */
export async function clockChecks({ slack }: Config, connection: Connection): Promise<readonly DoctorCheck[]> {
  const checks: DoctorCheck[] = [];
  if (connection.kind === 'server') {
    const ours = systemClock.now();
    checks.push(compared('the database’s', Temporal.Instant.from((await examineDatabase(connection)).now), ours));
  }
  if (slack !== null) {
    const theirs = await slackTime(slack.apiUrl ?? 'https://slack.com/api/');
    if (theirs !== null) checks.push(compared('Slack’s', theirs, systemClock.now()));
  }
  return checks;
}

function compared(whose: string, theirs: Temporal.Instant, ours: Temporal.Instant): DoctorCheck {
  const off = Math.abs(theirs.since(ours).total('seconds'));
  const ok = off <= MOST;
  const says = ok ? `agrees with ${whose}` : `differs from ${whose} by ${lengthInWords(Math.round(off))}`;
  const fix = 'Let the machine keep its time by NTP: windows and Slack’s signatures are judged by it';
  return { what: 'Clock', ok, says, fix: ok ? null : fix };
}

/** When Slack says it is, by the date of any answer; null when it does not answer, which is another check's finding. */
async function slackTime(apiUrl: string): Promise<Temporal.Instant | null> {
  try {
    const answer = await fetch(new URL('api.test', apiUrl), { method: 'POST', signal: AbortSignal.timeout(TIMEOUT) });
    await answer.body?.cancel();
    const at = Date.parse(answer.headers.get('date') ?? '');
    return Number.isNaN(at) ? null : Temporal.Instant.fromEpochMilliseconds(at);
  } catch {
    return null;
  }
}
