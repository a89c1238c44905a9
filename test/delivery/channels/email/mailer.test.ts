import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { smtpMailer } from '../../../../src/delivery/channels/email/mailer.ts';
import { relayFrom } from '../../../../src/delivery/channels/email/relay.ts';
import { MESSAGES_A_SESSION } from '../../../../src/delivery/channels/email/session.ts';
import type { Mailer, MailOutcome, SharedMail } from '../../../../src/ports/mailer.ts';
import type { SmtpSink } from '../../../support/smtp-sink.ts';
import { smtpSink } from '../../../support/smtp-sink.ts';

const MAIL: SharedMail = {
  from: { name: 'Rehearsal Trust', address: 'notices@provider.example' },
  subject: 'Planned outage',
  text: 'Hello.\n.A line with a dot first.\n..Two dots.',
  html: '<p>Hello.</p>',
  attachments: [],
  headers: {},
  date: Temporal.Instant.from('2026-12-01T09:00:00Z'),
};

describe('the mailer over a real SMTP conversation', () => {
  let sink: SmtpSink;
  let mailer: Mailer;
  afterEach(async () => {
    await mailer.close();
    await sink.close();
  });

  async function open(connections = 1): Promise<void> {
    sink = await smtpSink();
    mailer = smtpMailer(relayFrom(sink.url), 'notices@provider.example', connections);
  }
  function send(to: string): Promise<MailOutcome> {
    return mailer.send(mailer.prepare(MAIL), {
      to: { name: 'A surgery', address: to },
      messageId: `1.${to}`,
      report: 'failure',
      fields: {},
    });
  }

  it('23: a mail that the relay takes is accepted, and one session carries many', async () => {
    await open();
    for (const name of ['a', 'b', 'c'])
      expect(await send(`${name}@practice.example`)).toMatchObject({ kind: 'accepted' });
    expect(sink.received.map((mail) => mail.to)).toEqual([
      'a@practice.example',
      'b@practice.example',
      'c@practice.example',
    ]);
    expect(sink.received[0]?.raw).toContain('\r\n.A line with a dot first.\r\n..Two dots.');
    expect(sink.sessions()).toBe(1);
  });

  it.each([
    ['a 421 at the recipient', { at: 'rcpt', reply: 421 }, 'later'],
    ['a 450 at the recipient', { at: 'rcpt', reply: 450 }, 'later'],
    ['a 451 after the message', { at: 'dot', reply: 451 }, 'later'],
    ['a 452 after the message', { at: 'dot', reply: 452 }, 'later'],
    ['a 550 at the recipient', { at: 'rcpt', reply: 550 }, 'refused'],
    ['a 552 after the message', { at: 'dot', reply: 552 }, 'refused'],
    ['a 554 after the message', { at: 'dot', reply: 554 }, 'refused'],
    ['a slow answer', { at: 'slow', milliseconds: 300 }, 'accepted'],
    ['a cut at the recipient', { at: 'rcpt-cut', cut: true }, 'unknown'],
    ['a cut in the message', { at: 'in-data', cut: true }, 'unknown'],
    ['a cut after the dot', { at: 'after-dot', cut: true }, 'unknown'],
  ] as const)('23: %s is judged by the class of its reply, and the next mail goes out', async (_name, fault, kind) => {
    await open();
    await send('first@practice.example');
    sink.fault('bad@practice.example', fault);
    expect((await send('bad@practice.example')).kind).toBe(kind);
    expect((await send('next@practice.example')).kind).toBe('accepted');
  });

  it('23: a session ends after as many mails as relays put up with, before the relay ends it', async () => {
    await open();
    for (let mail = 0; mail < 2 * MESSAGES_A_SESSION + 1; mail++)
      expect((await send(`p${mail}@practice.example`)).kind).toBe('accepted');
    expect(sink.sessions()).toBe(3);
  });

  it('23: one session goes through many refused mails and keeps nothing of them', async () => {
    await open();
    const warnings: string[] = [];
    const warned = ({ name, message }: Error) => void warnings.push(`${name}: ${message}`);
    process.on('warning', warned);
    for (let mail = 0; mail < 15; mail++) {
      sink.fault(`bad${mail}@practice.example`, { at: 'rcpt', reply: 550 });
      expect((await send(`bad${mail}@practice.example`)).kind).toBe('refused');
    }
    // A warning is given in the next turn of the loop.
    await new Promise(setImmediate);
    process.off('warning', warned);
    expect(sink.sessions()).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('23: a relay that refuses the connection means later, whatever the mail', async () => {
    await open();
    await sink.close();
    expect(await send('a@practice.example')).toMatchObject({ kind: 'later', code: null });
  });

  it('23: a relay whose name does not resolve means later', async () => {
    await open();
    mailer = smtpMailer(relayFrom('smtp://mail.does-not-exist.invalid:25'), 'a@b.example');
    expect((await send('a@practice.example')).kind).toBe('later');
  });

  it('23: a refused login says something about us, not about the recipient', async () => {
    await open();
    const guarded = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('220 relay.example ESMTP\r\n');
      socket.on('data', (bytes) => {
        if (/^EHLO/i.test(bytes.toString())) socket.write('250-relay.example\r\n250 AUTH LOGIN PLAIN\r\n');
        else socket.write('535 5.7.8 authentication failed\r\n');
      });
    });
    await new Promise<void>((resolve) => guarded.listen(0, '127.0.0.1', resolve));
    const address = guarded.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    mailer = smtpMailer(relayFrom(`smtp://user:wrong@127.0.0.1:${port}`), 'a@b.example');
    expect(await send('a@practice.example')).toMatchObject({ kind: 'later', code: 535 });
    guarded.close();
  });

  it('23: a relay that closes before its greeting, or greets with a refusal, means later', async () => {
    await open();
    const greetings = ['', '554 go away\r\n'];
    for (const greeting of greetings) {
      const rude = createServer((socket) => socket.end(greeting));
      await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
      const address = rude.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      mailer = smtpMailer(relayFrom(`smtp://127.0.0.1:${port}`), 'a@b.example');
      expect((await send('a@practice.example')).kind).toBe('later');
      rude.close();
    }
  });

  it('23: a relay without TLS is refused where TLS is required', async () => {
    await open();
    mailer = smtpMailer({ ...relayFrom(sink.url), requireTls: true }, 'a@b.example');
    expect((await send('a@practice.example')).kind).toBe('later');
    expect(sink.received).toEqual([]);
  });

  /** A relay that answers each command as told, else that it is fine; null: never. */
  async function relayThat(answers: Readonly<Record<string, string | null>>): Promise<string> {
    const relay = createServer((socket) => {
      socket.on('error', () => {});
      if (answers.greeting !== null) socket.write(answers.greeting ?? '220 relay.example ESMTP\r\n');
      let inMail = false;
      socket.on('data', (bytes) => {
        const text = bytes.toString('latin1');
        const verb = /^[A-Z]+/i.exec(text)?.[0].toUpperCase() ?? '';
        if (inMail && !text.endsWith('\r\n.\r\n')) return;
        const asked = inMail ? 'dot' : verb;
        inMail = asked === 'DATA' && answers.DATA === undefined;
        const answer = answers[asked];
        if (answer === null) return;
        socket.write(answer ?? (asked === 'DATA' ? '354 go on\r\n' : '250 fine\r\n'));
      });
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    others.push(() => relay.close());
    const address = relay.address();
    return `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }
  const others: (() => void)[] = [];
  afterEach(() => {
    for (const close of others.splice(0)) close();
  });

  const STARTTLS = '250-relay.example\r\n250 STARTTLS\r\n';
  it.each([
    ['refuses TLS', { EHLO: STARTTLS, STARTTLS: '454 4.7.0 TLS not available\r\n' }, 'later'],
    ['breaks off the TLS handshake', { EHLO: STARTTLS, STARTTLS: '220 go on\r\nno handshake\r\n' }, 'later'],
    ['is too busy to greet', { greeting: '421 too busy\r\n' }, 'later'],
    ['never greets', { greeting: null }, 'later'],
    ['never answers EHLO', { EHLO: null }, 'later'],
    ['never answers MAIL', { MAIL: null }, 'unknown'],
    ['never answers the dot', { dot: null }, 'unknown'],
    ['says 421 to MAIL', { MAIL: '421 closing\r\n' }, 'later'],
    ['says 451 to MAIL', { MAIL: '451 try later\r\n' }, 'later'],
    ['says 554 to DATA', { DATA: '554 no\r\n' }, 'refused'],
  ] as const)('23: a relay that %s', async (_name, answers, kind) => {
    await open();
    const relay = relayFrom(await relayThat(answers));
    const requireTls = 'STARTTLS' in answers;
    mailer = smtpMailer({ ...relay, requireTls, timeouts: { connect: 400, send: 600 } }, 'a@b.example');
    expect((await send('a@practice.example')).kind).toBe(kind);
  });

  it('23: a mail that gets no answer holds up none of the others', async () => {
    await open(2);
    sink.fault('stuck@practice.example', { at: 'silent', silent: true });
    mailer = smtpMailer({ ...relayFrom(sink.url), timeouts: { connect: 400, send: 1_500 } }, 'a@b.example', 2);
    const ended: string[] = [];
    const names = ['stuck', 'b', 'c', 'd'];
    const outcomes = names.map(async (name) => {
      const outcome = await send(`${name}@practice.example`);
      ended.push(name);
      return outcome.kind;
    });
    expect(await Promise.all(outcomes)).toEqual(['unknown', 'accepted', 'accepted', 'accepted']);
    expect(ended.at(-1)).toBe('stuck');
  });

  it('23: asks a relay that knows how to report failures, and for its delivery only where it was wished', async () => {
    await open();
    const heard: string[] = [];
    const knowing = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('220 relay.example ESMTP\r\n');
      socket.on('data', (bytes) => {
        const text = bytes.toString('latin1');
        heard.push(text);
        if (/^EHLO/i.test(text)) socket.write('250-relay.example\r\n250 DSN\r\n');
        else socket.write(/^DATA/i.test(text) ? '354 go on\r\n' : '250 fine\r\n');
      });
    });
    await new Promise<void>((resolve) => knowing.listen(0, '127.0.0.1', resolve));
    others.push(() => knowing.close());
    const address = knowing.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    mailer = smtpMailer(relayFrom(`smtp://127.0.0.1:${port}`), 'a@b.example');
    await send('a@practice.example');
    const personal = { to: { name: 'x', address: 'c@d.example' }, messageId: 'notice-1.2.x@b.example', fields: {} };
    await mailer.send(mailer.prepare(MAIL), { ...personal, report: 'delivery' });
    const said = heard.join('');
    expect(said).toContain('RCPT TO:<a@practice.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a@practice.example');
    expect(said).toContain('MAIL FROM:<a@b.example> RET=HDRS ENVID=notice-1.2.x');
    expect(said).toContain('RCPT TO:<c@d.example> NOTIFY=SUCCESS,FAILURE,DELAY');
  });

  it('23: never more mails at once than connections', async () => {
    await open(3);
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, i) => send(`p${i}@practice.example`)));
    expect(outcomes.every((one) => one.kind === 'accepted')).toBe(true);
    expect(sink.received).toHaveLength(30);
    expect(sink.sessions()).toBeLessThanOrEqual(3);
  });

  it('23: a closed mailer says later', async () => {
    await open();
    await mailer.close();
    expect((await send('a@practice.example')).kind).toBe('later');
  });
});

describe('the relay address', () => {
  it('requires TLS for any relay but this machine', () => {
    expect(relayFrom('smtp://mail.provider.example')).toMatchObject({ port: 587, secure: false, requireTls: true });
    expect(relayFrom('smtps://u%40x:p%2F@mail.provider.example')).toMatchObject({
      port: 465,
      secure: true,
      login: { user: 'u@x', pass: 'p/' },
    });
    expect(relayFrom('smtp://127.0.0.1:2525').requireTls).toBe(false);
    expect(() => relayFrom('http://mail.provider.example')).toThrow('smtp://');
  });
});
