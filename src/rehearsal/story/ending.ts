import type { SentNotice } from './notice-chapter.ts';
import type { PlannedStory } from './plan-chapter.ts';
import type { RunStory } from './run-chapter.ts';
import { answered, type Stage } from './stage.ts';

/** What `rehearse --json` prints (contracts, What the commands print). */
export interface StoryOutcome {
  readonly services: number;
  readonly applied: number;
  readonly byHand: number;
  readonly failed: number;
  readonly appliedTwice: number;
  readonly notices: {
    readonly recipients: number;
    readonly accepted: number;
    readonly unknown: number;
    readonly duplicates: number;
  };
  readonly refused: readonly string[];
  readonly kills: readonly string[];
  readonly auditRows: number;
  readonly auditOk: boolean;
  readonly seconds: number;
  readonly ok: boolean;
}

/** The last checks: by the world's own counters, its inbox, and the audit chain. */
export async function ending(
  { doors, world, transcript }: Stage,
  told: {
    readonly services: number;
    readonly story: PlannedStory;
    readonly run: RunStory;
    readonly notices: readonly SentNotice[];
    readonly kills: readonly string[];
    readonly started: number;
  },
): Promise<StoryOutcome> {
  transcript.chapter('Witness');
  const counters = await world.get('/_world/counters');
  const mail = counters.mail as { readonly accepted: number; readonly duplicates: number };
  const applied = Object.keys(counters.applied as object).length;
  const audit = answered(await doors.press('planner', 'audit', { what: 'verify' }));
  const accepted = mail.accepted - TEST_MAILS;
  const unknown = told.notices.reduce((sum, one) => sum + one.unknown, 0);
  const expected = told.notices.reduce((sum, one) => sum + one.recipients, 0);
  const refused = WANTED_REFUSALS.filter((code) => told.story.refused.has(code));
  transcript.hold(applied === told.services, `${applied} of ${told.services} services were changed in e-RS`);
  transcript.hold(counters.appliedTwice === 0, 'no service was applied twice');
  transcript.hold(
    accepted === expected,
    `the inbox took ${accepted.toLocaleString('en-GB')} of ${expected.toLocaleString('en-GB')} mails`,
  );
  transcript.hold(mail.duplicates === 0, 'nobody got a mail twice');
  transcript.hold(refused.length === WANTED_REFUSALS.length, `refused, as they must be: ${refused.join(', ')}`);
  const auditOk = (audit.faults as readonly unknown[]).length === 0;
  transcript.hold(auditOk, `the audit of ${audit.rows} rows is whole`);
  return {
    services: told.services,
    applied,
    byHand: told.run.byHand,
    failed: told.run.failed,
    appliedTwice: Number(counters.appliedTwice),
    notices: { recipients: told.notices[0]?.recipients ?? 0, accepted, unknown, duplicates: mail.duplicates },
    refused,
    kills: told.kills,
    auditRows: Number(audit.rows),
    auditOk,
    seconds: Math.round((performance.now() - told.started) / 100) / 10,
    ok: transcript.broken.length === 0,
  };
}

const WANTED_REFUSALS = ['gaps', 'stale-card', 'author', 'working-hours'];
/** The planned notice's test send. */
const TEST_MAILS = 1;
