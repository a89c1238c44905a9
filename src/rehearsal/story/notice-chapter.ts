import { setTimeout as wait } from 'node:timers/promises';
import { decideUnknown } from './decide-unknown.ts';
import { answered, type Stage } from './stage.ts';
import type { Facts } from './world-door.ts';

/** What people write for the notices: part of what is approved, so it is written before the plan is submitted. */
export async function wordingChapter({ doors, transcript }: Stage): Promise<void> {
  answered(await doors.press('communications-lead', 'wording', { kind: 'all', ...WORDING }));
  transcript.say('The communications lead wrote the texts of the notices.');
}

/** One kind of notice: a test first where it needs one, then to everybody, until every mail is settled. */
export async function noticeChapter(
  stage: Stage,
  kind: 'planned' | 'completed',
  everybody: number,
  meanwhile?: () => Promise<void>,
): Promise<SentNotice> {
  const { doors, transcript } = stage;
  transcript.chapter(`Notice: ${kind}`);
  const by = 'communications-lead';
  if (kind === 'planned') {
    answered(await doors.press(by, 'send', { kind, test: 'yes' }));
    transcript.say(`A test arrived: "${await testMail(stage)}".`);
  }
  const asked = answered(await doors.press(by, 'send', { kind, at: 'now' }));
  transcript.say(
    `Send to ${Number(asked.mails).toLocaleString('en-GB')}: ${asked.commissioners} commissioners, ${asked.referrers} referrers.`,
  );
  const sent = answered(await doors.press(by, 'send', { kind, at: 'now', code: String(asked.code) }));
  await meanwhile?.();
  await settled(stage, Number(sent.id));
  const unknown = await decideUnknown(stage, Number(sent.id), kind === 'planned' ? 0 : 1);
  const shown = await settled(stage, Number(sent.id));
  const counts = shown.counts as Readonly<Record<string, number>>;
  const notice = {
    id: Number(sent.id),
    recipients: Number(asked.mails),
    sent: (counts.sent ?? 0) + (counts.delivered ?? 0),
    unknown,
  };
  transcript.say(`Sent ${notice.sent} of ${shown.total}, failed ${counts.failed}, unknown ${counts.unknown}.`);
  transcript.hold(notice.sent === notice.recipients, 'every mail was sent');
  transcript.hold(notice.recipients === everybody, `it went to all ${everybody.toLocaleString('en-GB')} recipients`);
  return notice;
}

export interface SentNotice {
  readonly id: number;
  readonly recipients: number;
  readonly sent: number;
  /** Unknown after a kill, until a person decided. */
  readonly unknown: number;
}

/** The subject of the test mail in the sender's own mailbox. */
async function testMail({ world }: Stage): Promise<string> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const { messages } = await world.get('/inbox/api/messages?to=communications-lead@rehearsal.example&limit=1');
    const [mail] = messages as readonly { readonly subject: string }[];
    if (mail) return mail.subject;
    await wait(200);
  }
  throw new Error('The test mail did not arrive within half a minute.');
}

/** Waits until no mail of the notice is on its way any more. */
export async function settled({ doors }: Stage, notice: number): Promise<Facts> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    const shown = answered(await doors.press('communications-lead', 'notices', { notice: String(notice) }));
    const counts = shown.counts as Readonly<Record<string, number>>;
    if (shown.status === 'finished' || (counts.queued === 0 && counts.sending === 0)) return shown;
    await wait(200);
  }
  throw new Error(`Notice ${notice} was not settled in time.`);
}

const WORDING = {
  cancer: 'Refer as usual. If no appointment is offered, telephone 01632 960300: it is answered day and night.',
  contactPhone: '01632 960301',
  contactEmail: 'migration@rehearsal.example',
  contactHours: 'Day and night on the days of the change',
  patientContact: 'The booking office telephones each patient within one working day.',
  continuity: 'Clinics run from lists that were printed before the outage.',
  nextUpdate: 'When booking is open again, or {outage_end} if it takes longer',
};
