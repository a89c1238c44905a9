import type { Connection } from '../../db/connect.ts';
import type { SignMail } from '../../src/delivery/channels/email/dkim.ts';
import { smtpMailer } from '../../src/delivery/channels/email/mailer.ts';
import { relayFrom } from '../../src/delivery/channels/email/relay.ts';
import { audienceOf, EVERYBODY } from '../../src/domain/audience.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { ListedRecipient } from '../../src/domain/recipient.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { storeOf } from '../../src/store/store.ts';
import { advanceSending } from '../../src/work/advance-sending.ts';
import type { SendingWork } from '../../src/work/advance-sending-deps.ts';
import { mailPace } from '../../src/work/advance-sending-pace.ts';
import { factsOf } from '../support/notice-facts.ts';

export const CONNECTIONS = 20;
export const FROM = 'notices@rehearsal.example';
export const PUBLIC_URL = 'https://changeover.example';
const COMMISSIONERS = 42;
export const facts = factsOf('planned');

/** Sending over the sink at that port, as the service does. */
export function sendingWork(connection: Connection, port: number, sign: SignMail | null = null): SendingWork {
  return {
    transaction: (inside) => connection.transaction((trx) => inside(storeOf(trx))),
    ledger: storeOf(connection.db).deliveryLedger,
    mailer: smtpMailer(relayFrom(`smtp://127.0.0.1:${port}`), FROM, CONNECTIONS, sign),
    clock: systemClock,
    owner: 'bench',
    log: silentLog,
    publicUrl: PUBLIC_URL,
    from: FROM,
  };
}

export function peopleOf(count: number): readonly ListedRecipient[] {
  return Array.from({ length: count }, (_, at) => ({
    code: `P${String(at).padStart(5, '0')}`,
    name: `Surgery number ${at}`,
    kind: at < COMMISSIONERS ? ('commissioner' as const) : ('referrer' as const),
    email: `p${at}@practice.example`,
    telephone: null,
    language: 'en' as const,
    from: null,
    to: null,
    list: 'bench.csv',
  }));
}

/** As the service's loop does it: a long notice gives way every few seconds, and goes on when nothing else is due. */
export async function sendAllOf(work: SendingWork): Promise<void> {
  const sending = {
    stopping: () => false,
    pace: mailPace(() => performance.now()),
    touched: new Map<number, number>(),
  };
  while ((await advanceSending(work, sending)) === 0);
}

/** A notice to these, due now. */
export async function schedule(
  work: SendingWork,
  migrationId: number,
  people: readonly ListedRecipient[],
): Promise<Notice> {
  const now = work.clock.now().toString();
  const { members } = audienceOf(EVERYBODY, people, [], now.slice(0, 10));
  return work.transaction((store) =>
    store.notices.create(
      {
        migrationId,
        planId: null,
        kind: 'planned',
        test: false,
        token: `bench-${performance.now()}-${'x'.repeat(16)}`,
        contentHash: `bench ${performance.now()}`,
        facts,
        serviceList: [],
        dueAt: now,
        mailsPerMinute: null,
        createdBy: 1,
        createdAt: now,
        replaces: null,
      },
      members,
    ),
  );
}

export async function migrationIn(work: SendingWork): Promise<number> {
  return work.transaction(async (store) => {
    const now = systemClock.now().toString();
    const person = await store.people.add(
      { name: 'The bench', email: 'bench@rehearsal.example', telephone: null },
      now,
    );
    const migration = await store.migrations.start(
      {
        name: 'Bench',
        providerOrg: 'XR1',
        providerName: 'Rehearsal Hospitals NHS Trust',
        oldAsids: ['200000000220'],
        newAsid: '200000001337',
        newOrg: null,
        zone: 'Europe/London',
      },
      person.id,
      now,
    );
    return migration.id;
  });
}
