import type { Connection } from '../../db/connect.ts';
import { smtpMailer } from '../../src/delivery/channels/email/mailer.ts';
import { relayFrom } from '../../src/delivery/channels/email/relay.ts';
import { audienceOf, EVERYBODY } from '../../src/domain/audience.ts';
import type { Notice, NoticeFacts } from '../../src/domain/notice.ts';
import type { ListedRecipient } from '../../src/domain/recipient.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Mailer } from '../../src/ports/mailer.ts';
import { type Store, storeOf } from '../../src/store/store.ts';
import type { SendingWork } from '../../src/work/advance-sending-deps.ts';
import { factsOf } from './notice-facts.ts';
import type { Office } from './office.ts';
import type { SmtpSink } from './smtp-sink.ts';

export function commissioner(code: string, more: Partial<ListedRecipient> = {}): ListedRecipient {
  return listed(code, 'commissioner', more);
}
export function practice(code: string, more: Partial<ListedRecipient> = {}): ListedRecipient {
  return listed(code, 'referrer', more);
}

function listed(code: string, kind: ListedRecipient['kind'], more: Partial<ListedRecipient>): ListedRecipient {
  return {
    code,
    name: `${kind === 'commissioner' ? 'Board' : 'Surgery'} ${code}`,
    kind,
    email: `${code.toLowerCase()}@${kind}.example`,
    telephone: '01632 960 001',
    language: 'en',
    from: null,
    to: null,
    list: `${kind}s.csv`,
    ...more,
  };
}

/** A notice in the store, due now, to these recipients. */
export async function noticeIn(
  office: Office,
  to: readonly ListedRecipient[],
  more: { facts?: Partial<NoticeFacts>; test?: boolean; mailsPerMinute?: number | null; dueAt?: string } = {},
): Promise<Notice> {
  const now = office.clock.now().toString();
  const day = now.slice(0, 10);
  const facts = factsOf(more.facts?.kind ?? 'planned', more.facts);
  const key = `${facts.kind}${facts.reference}${to.length}${more.test ?? false}`;
  return office.connection.transaction((trx) =>
    storeOf(trx).notices.create(
      {
        migrationId: office.migrationId,
        planId: null,
        kind: facts.kind,
        test: more.test ?? false,
        token: Buffer.from(key.padEnd(24, '.')).toString('hex'),
        contentHash: key,
        facts,
        serviceList: [{ serviceId: '1', name: 'Cardiology', site: 'XR101', specialty: null }],
        dueAt: more.dueAt ?? now,
        mailsPerMinute: more.mailsPerMinute ?? null,
        createdBy: 1,
        createdAt: now,
        replaces: null,
      },
      audienceOf(EVERYBODY, to, [], day).members,
    ),
  );
}

/** A sending process of this name over the sink. */
export function sendingOver(
  office: Pick<Office, 'clock'> & { connection: Connection },
  sink: SmtpSink,
  owner: string,
  connections = 3,
): SendingWork & { mailer: Mailer; store: Store } {
  const mailer = smtpMailer(relayFrom(sink.url), 'notices@rehearsal.example', connections);
  const store = storeOf(office.connection.db);
  return {
    transaction: (work) => office.connection.transaction((trx) => work(storeOf(trx))),
    ledger: store.deliveryLedger,
    store,
    mailer,
    clock: office.clock,
    owner,
    log: silentLog,
    publicUrl: 'https://changeover.example',
    from: 'notices@rehearsal.example',
  };
}
