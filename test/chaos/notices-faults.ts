import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, SmtpSink } from '../support/smtp-sink.ts';
import type { Fleet } from './notices-fleet.ts';

/** What the mails of some recipients meet, and what has to become of them. */
const FAULTS: readonly { readonly name: string; readonly fault: Fault | null; readonly end: End }[] = [
  { name: 'no fault', fault: null, end: 'sent' },
  { name: '421 at the recipient', fault: { at: 'rcpt', reply: 421, times: 1 }, end: 'sent' },
  { name: '450 at the recipient', fault: { at: 'rcpt', reply: 450, times: 2 }, end: 'sent' },
  { name: '451 after the dot', fault: { at: 'dot', reply: 451, times: 1 }, end: 'sent' },
  { name: '452 after the dot', fault: { at: 'dot', reply: 452, times: 2 }, end: 'sent' },
  { name: '550 at the recipient', fault: { at: 'rcpt', reply: 550 }, end: 'failed' },
  { name: '552 after the dot', fault: { at: 'dot', reply: 552 }, end: 'failed' },
  { name: '554 after the dot', fault: { at: 'dot', reply: 554 }, end: 'failed' },
  { name: 'a slow answer', fault: { at: 'slow', milliseconds: 700 }, end: 'sent' },
  { name: 'no answer', fault: { at: 'silent', silent: true }, end: 'unknown' },
  { name: 'cut at the recipient', fault: { at: 'rcpt-cut', cut: true }, end: 'unknown' },
  { name: 'cut in the message', fault: { at: 'in-data', cut: true }, end: 'unknown' },
  { name: 'cut after the dot', fault: { at: 'after-dot', cut: true }, end: 'unknown' },
];
type End = 'sent' | 'failed' | 'unknown';
const EACH = 10;

/** No mail can have gone out: all are tried again, at a relay that works by then. `{port}` is the sink's, which speaks no TLS. */
const UNREACHABLE = [
  { name: 'a relay that refuses the connection', smtp: 'smtp://127.0.0.1:9' },
  { name: 'a relay that DNS does not know', smtp: 'smtp://relay.invalid:25?tls=optional' },
  { name: 'a relay that refuses TLS', smtp: 'smtps://127.0.0.1:{port}' },
] as const;

export interface NoticeFaultScene {
  readonly sink: SmtpSink;
  fleetAt(smtp: string): Fleet;
  say(line: string): void;
}

export interface NoticeFaultCounts {
  readonly units: number;
  readonly doubled: number;
  readonly lost: number;
  readonly unknown: number;
  /** The mails whose connection was cut: only these may be unknown. */
  readonly cut: number;
}

interface Ended {
  readonly ended: number;
  readonly unknown: readonly string[];
  readonly failed: readonly string[];
}

/** A notice at a relay with every fault at once, then one at each relay that cannot be reached; the sink is the witness. */
export async function noticeFaults(scene: NoticeFaultScene): Promise<NoticeFaultCounts> {
  const total = { units: 0, doubled: 0, lost: 0, unknown: 0, cut: 0 };
  const add = (name: string, counts: Omit<NoticeFaultCounts, 'cut'>, cut = 0) => {
    for (const key of ['units', 'doubled', 'lost', 'unknown'] as const) total[key] += counts[key];
    total.cut += cut;
    scene.say(`fault ${name}: ${JSON.stringify(counts)}`);
  };
  const names = FAULTS.flatMap(({ name }) => Array.from({ length: EACH }, () => name));
  const address = (cycle: number, at: number) => `c${cycle}-p${at}@practice.example`;
  const first = 1_000_000;
  for (const [at, name] of names.entries()) {
    const { fault } = FAULTS.find((one) => one.name === name) ?? { fault: null };
    if (fault !== null) scene.sink.fault(address(first, at), fault);
  }
  scene.sink.received.length = 0;
  const ended = await sent(scene, scene.sink.url, first, names.length);
  for (const { name, end } of FAULTS) {
    const mine = names.flatMap((one, at) => (one === name ? [address(first, at)] : []));
    add(name, tally(scene.sink, mine, ended, end), end === 'unknown' ? EACH : 0);
  }
  for (const [at, { name, smtp }] of UNREACHABLE.entries()) {
    const cycle = first + 1 + at;
    scene.sink.received.length = 0;
    await putOff(scene, smtp.replace('{port}', String(scene.sink.port)), cycle);
    const then = await sent(scene, scene.sink.url, cycle, null);
    add(
      name,
      tally(
        scene.sink,
        Array.from({ length: EACH }, (_, mail) => address(cycle, mail)),
        then,
        'sent',
      ),
    );
  }
  return total;
}

/** A mail that did not end as it has to counts as lost, so that the exercise fails. */
function tally(sink: SmtpSink, mine: readonly string[], ended: Ended, end: End) {
  const copies = (to: string) => sink.received.filter((mail) => mail.to === to).length;
  const is = (to: string): End =>
    ended.unknown.includes(to) ? 'unknown' : ended.failed.includes(to) ? 'failed' : 'sent';
  return {
    units: mine.length,
    doubled: mine.filter((to) => copies(to) > 1).length,
    lost: mine.filter((to) => is(to) !== end || ((end === 'sent') !== copies(to) > 0 && end !== 'unknown')).length,
    unknown: mine.filter((to) => is(to) === 'unknown').length,
  };
}

/** Begins a notice, or goes on with the one that is there (`recipients` null), until it is at its end. */
async function sent(scene: NoticeFaultScene, smtp: string, cycle: number, recipients: number | null): Promise<Ended> {
  const fleet = scene.fleetAt(smtp);
  const ready = fleet.add();
  let ended: Ended | null = null;
  let notice: number | null = null;
  const over = fleet.said<Ended>('ended', (one) => recipients === null || one.ended === notice);
  void over.then(({ said }) => {
    ended = said;
  });
  await ready;
  if (recipients !== null) {
    const started = fleet.said<{ started: number }>('started');
    fleet.first().order({ begin: { cycle, recipients } });
    notice = (await started).said.started;
  }
  while (ended === null) {
    fleet.first().order({ again: true });
    await Promise.race([over, wait(500)]);
  }
  await fleet.stop();
  return (await over).said;
}

/** Every mail is tried at a relay that cannot be reached; then the process ends, as when somebody corrects the setting. */
async function putOff(scene: NoticeFaultScene, smtp: string, cycle: number): Promise<void> {
  const fleet = scene.fleetAt(smtp);
  await fleet.add();
  const tried = fleet.said<{ putOff: number }>('putOff', ({ putOff }) => putOff >= EACH);
  fleet.first().order({ begin: { cycle, recipients: EACH } });
  await tried;
  await fleet.stop();
}
