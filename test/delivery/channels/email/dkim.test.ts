import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dkimSigner, type SignMail } from '../../../../src/delivery/channels/email/dkim.ts';
import { openDkimKey, publicPart } from '../../../../src/delivery/channels/email/dkim-key.ts';
import { examineDkim, type LookUpTexts } from '../../../../src/delivery/channels/email/dkim-record.ts';
import { smtpMailer } from '../../../../src/delivery/channels/email/mailer.ts';
import { relayFrom } from '../../../../src/delivery/channels/email/relay.ts';
import { NOTICE_KINDS, type Notice } from '../../../../src/domain/notice.ts';
import { fixedClock } from '../../../../src/kernel/clock.ts';
import { silentLog } from '../../../../src/kernel/log.ts';
import type { Mailer, PersonalMail, SharedMail } from '../../../../src/ports/mailer.ts';
import { personalMark } from '../../../../src/ports/mailer.ts';
import { personalFor, prepareNotice } from '../../../../src/work/advance-sending-mail.ts';
import { dkimpySays, NEEDS_DKIMPY } from '../../../support/dkim-verify.ts';
import { NOW, noticeAbout, TO_SURGERY } from '../../../support/notice-about.ts';
import { type SmtpSink, smtpSink } from '../../../support/smtp-sink.ts';

const FROM = 'notices@trust.example';
const folder = mkdtempSync(join(tmpdir(), 'changeover-dkim-'));
const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits });
const { privateKey, publicKey } = rsa(2048);
const NAME = 's1._domainkey.trust.example';
const RECORD = `v=DKIM1; k=rsa; p=${publicPart({ publicKey })}`;
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, key: KeyObject | string): string {
  const file = join(folder, name);
  writeFileSync(file, typeof key === 'string' ? key : key.export({ type: 'pkcs8', format: 'pem' }));
  return file;
}

describe('mails that are signed here, as they arrive', () => {
  let sink: SmtpSink;
  let mailer: Mailer;
  beforeAll(async () => {
    sink = await smtpSink();
  });
  afterEach(async () => {
    await mailer.close();
    sink.received.length = 0;
  });
  afterAll(() => sink.close());

  function open(sign: SignMail = dkimSigner('trust.example', 's1', privateKey)): void {
    mailer = smtpMailer(relayFrom(sink.url), FROM, 2, sign);
  }

  async function sendNotice(notice: Notice): Promise<void> {
    const clock = fixedClock(NOW.toString());
    const work = { publicUrl: 'https://changeover.example', from: FROM, clock, log: silentLog, mailer };
    const personal = personalFor(work, notice, TO_SURGERY);
    expect(await mailer.send(prepareNotice(work, notice), personal)).toMatchObject({ kind: 'accepted' });
  }

  async function sendText(body: string): Promise<void> {
    const mail: SharedMail = { ...PLAIN, text: `${personalMark('name')}${body}` };
    expect(await mailer.send(mailer.prepare(mail), TO_SOMEBODY)).toMatchObject({ kind: 'accepted' });
  }

  async function sendAll(): Promise<readonly string[]> {
    for (const kind of NOTICE_KINDS) await sendNotice(noticeAbout(kind, 12));
    await sendNotice(noticeAbout('planned', 1500));
    for (const body of BODIES) await sendText(body);
    return sink.received.map((mail) => mail.raw);
  }

  it('22: nodemailer’s own signer hashes each body alike', async () => {
    open();
    for (const raw of await sendAll()) {
      const ours = /^DKIM-Signature: [\s\S]*? bh=([^;]+);/.exec(raw)?.[1];
      const theirs = await text(
        new DKIM({
          domainName: 'trust.example',
          keySelector: 's1',
          privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
        }).sign(raw),
      );
      expect(ours).toBeTruthy();
      expect(/bh=([^;]+);/.exec(theirs)?.[1]).toBe(ours);
      expect(raw.match(/^DKIM-Signature:/gm)).toHaveLength(1);
      expect(raw.split('\r\n').filter((line) => line.length > (line.includes('<https:') ? 998 : 78))).toEqual([]);
    }
  });

  it.skipIf(NEEDS_DKIMPY !== '')(
    `22: another hand’s verifier finds each signature right, and none after a change on the way${NEEDS_DKIMPY}`,
    async () => {
      open();
      const mails = await sendAll();
      const records = { [`${NAME}.`]: RECORD };
      expect(dkimpySays(mails, records)).toEqual(mails.map(() => true));
      const [mail = ''] = mails;
      const changed = [
        mail.replace(/^Subject: /m, 'Subject: Re: '),
        mail.replace(/^From: /m, 'From: "Somebody else" <x@trust.example>\r\nFrom: '),
        `Subject: another one\r\n${mail}`,
        mail.replace('01632', '01633'),
        mail.replace(/\r\n--=_mixed[^\r]*--\r\n/, '$&one line more\r\n'),
        mail.replace(/^List-Unsubscribe: /m, 'List-Unsubscribe: <https://elsewhere.example>,\r\n '),
      ];
      expect(dkimpySays(changed, records)).toEqual(changed.map(() => false));
      const other = `v=DKIM1; p=${publicPart({ publicKey: rsa(2048).publicKey })}`;
      expect(dkimpySays([mail], { [`${NAME}.`]: other })).toEqual([false]);
      // What a relay may do to a mail without harm: its own field on top, other folds, longer spaces.
      const relayed = `Received: from here\r\n by there; ${'x'.repeat(30)}\r\n${mail.replace(/^To: /m, 'To:   ')}`;
      expect(dkimpySays([relayed], records)).toEqual([true]);
    },
  );

  it('23: a mail that could not be signed is not sent, and is tried again', async () => {
    open(() => Promise.reject(new Error('the mail could not be signed (DKIM), so it was not sent')));
    const outcome = await mailer.send(mailer.prepare(PLAIN), TO_SOMEBODY);
    expect(outcome).toMatchObject({ kind: 'later', code: null, reply: expect.stringContaining('signed') });
    // The trap: with such a key nodemailer sends the mail unsigned, without an error.
    open(dkimSigner('trust.example', 's1', generateKeyPairSync('x25519').privateKey));
    expect(await mailer.send(mailer.prepare(PLAIN), TO_SOMEBODY)).toMatchObject({ kind: 'later' });
    expect(sink.received).toEqual([]);
  });
});

describe('the key that mails are signed with', () => {
  const settings = (keyFile: string) => ({ domain: 'trust.example', selector: 's1', keyFile });
  const ed25519 = generateKeyPairSync('ed25519').privateKey;

  it('23: an RSA key of 2,048 bits is taken, in both of its usual forms', async () => {
    for (const type of ['pkcs1', 'pkcs8'] as const) {
      const file = fileOf(`good-${type}.pem`, String(privateKey.export({ type, format: 'pem' })));
      expect((await openDkimKey(settings(file))).publicKey.equals(publicKey)).toBe(true);
    }
  });

  it.each([
    ['a file that is not there', () => join(folder, 'nothing.pem'), /cannot be read \(ENOENT\)\. Check the path/],
    ['an Ed25519 key', () => fileOf('ed.pem', ed25519), /kind ed25519.*openssl genpkey/],
    ['a short RSA key', () => fileOf('short.pem', rsa(1024).privateKey), /has 1024 bits.*openssl genpkey/],
    [
      'the public key',
      () => fileOf('public.pem', String(publicKey.export({ type: 'spki', format: 'pem' }))),
      /public one in DNS/,
    ],
    ['something else', () => fileOf('else.pem', 'not a key'), /no private key in PEM form/],
    [
      'a key with a passphrase',
      () =>
        fileOf(
          'locked.pem',
          String(privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })),
        ),
      /without a passphrase/,
    ],
  ])('23: %s stops the start with what to do', async (_name, file, says) => {
    await expect(openDkimKey(settings(file()))).rejects.toThrow(says);
  });
});

describe('`doctor` and the record in DNS', () => {
  const settings = { domain: 'trust.example', selector: 's1', keyFile: fileOf('doctor.pem', privateKey) };
  const answering =
    (...texts: string[][]): LookUpTexts =>
    async (name) => {
      expect(name).toBe(NAME);
      return texts;
    };
  const failing =
    (code: string): LookUpTexts =>
    () =>
      Promise.reject(Object.assign(new Error(code), { code }));
  const pkcs1 = publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64');

  it.each([
    ['the record in two pieces', [RECORD.slice(0, 200), RECORD.slice(200)]],
    ['a record with only the key', [`p=${publicPart({ publicKey })}`]],
    ['a bare RSA key', [`v=DKIM1; k=rsa; p=${pkcs1}`]],
  ])('says that it matches: %s', async (_name, pieces) => {
    expect(await examineDkim(settings, answering(pieces))).toEqual([
      { what: 'DKIM', ok: true, says: expect.stringContaining('confirms the key'), fix: null },
    ]);
  });

  it.each([
    ['no record', failing('ENOTFOUND'), 'DNS has no record'],
    ['DNS that fails', failing('ESERVFAIL'), 'could not be asked for s1._domainkey.trust.example (ESERVFAIL)'],
    ['another text', answering(['v=spf1 -all']), 'is no DKIM record'],
    ['another key', answering([`p=${publicPart({ publicKey: rsa(2048).publicKey })}`]), 'another key'],
    ['a revoked key', answering(['v=DKIM1; p=']), 'revoked'],
    ['a test record', answering([`${RECORD}; t=y`]), 't=y'],
    ['sha1 only', answering([`${RECORD}; h=sha1`]), 'sha256'],
    ['two records', answering([RECORD], [RECORD]), '2 records'],
    ['nonsense for a key', answering(['v=DKIM1; p=AAAA']), 'another key'],
  ])('says what is wrong and what to do: %s', async (_name, lookUp, says) => {
    const [check, ...more] = await examineDkim(settings, lookUp);
    expect(more).toEqual([]);
    expect(check).toMatchObject({ what: 'DKIM', ok: false, says: expect.stringContaining(says) });
    expect(check?.fix).toBeTruthy();
  });

  it('shows the record to publish', async () => {
    const [check] = await examineDkim(settings, failing('ENODATA'));
    expect(check?.fix).toBe(`Publish this TXT record at ${NAME}: ${RECORD}`);
  });

  it('says that the relay signs, or why our key cannot', async () => {
    expect(await examineDkim(null)).toMatchObject([{ ok: true, says: expect.stringContaining('the relay signs') }]);
    const broken = await examineDkim({ ...settings, keyFile: join(folder, 'nothing.pem') });
    expect(broken).toMatchObject([{ ok: false, says: expect.stringContaining('cannot be read') }]);
  });
});

const PLAIN: SharedMail = {
  from: { name: 'Ysbyty “Gwynedd”', address: FROM },
  subject: 'Côd newydd: ymddiriedolaeth iechyd Betsi Cadwaladr, gyda llinell pwnc sydd yn hirach nag un llinell',
  text: 'Hello.',
  html: '<p>Hello.</p>',
  attachments: [],
  headers: {},
  date: NOW,
};
const TO_SOMEBODY: PersonalMail = {
  to: { name: 'Meddygfa “Glan-y-Môr” & Co', address: 'desk@practice.example' },
  messageId: 'one@trust.example',
  report: 'failure',
  fields: { name: '.hidden  dots ' },
};
const BODIES = [
  '\n.\n..\n.A line with a dot first.\n. \n',
  `\n${'A line far over what fits '.repeat(60)}`,
  '\nspaces at the end   \n\ttab \t and more\n\n\n\n',
  '',
  '\nNaïve – “quotes” – ŵŷ 日本語 🙂',
];
