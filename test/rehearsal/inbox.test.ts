import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningWorld } from '../../src/rehearsal/world.ts';
import { ask, openWorld, visitor } from './visitor.ts';

const EVENT = [
  'BEGIN:VCALENDAR',
  'METHOD:PUBLISH',
  'BEGIN:VEVENT',
  'UID:outage-1@changeover',
  'SEQUENCE:1',
  'DTSTART:20261208T170000Z',
  'DTEND:20261208T230000Z',
  'SUMMARY:PAS outage\\, Rehearsal Hospitals',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

describe('The mail inbox', () => {
  let world: RunningWorld;
  let transport: ReturnType<typeof createTransport>;
  beforeEach(async () => {
    world = await openWorld();
    transport = createTransport(world.smtpUrl);
  });
  afterEach(async () => {
    transport.close();
    await world.stop();
  });
  const send = (to: string, messageId = `<${to}-1@changeover>`) =>
    transport.sendMail({
      from: '"Rehearsal Hospitals" <notices@rehearsal.example>',
      to,
      messageId,
      subject: 'Planned outage – Tuesday 8 December',
      text: 'The booking system is off from 5pm.',
      html: '<html><head><title>x</title></head><body><p style="color:red">Off from <a href="http://127.0.0.1/n/1">5pm</a></p></body></html>',
      icalEvent: { method: 'PUBLISH', content: EVENT },
    });
  const outcome = async (to: string) =>
    send(to).then(
      () => 'sent',
      (error: { responseCode?: number; code?: string }) => error.responseCode ?? error.code,
    );
  const summary = async () => (await ask(world, '/inbox/api/summary')).body;

  it('keeps what it is sent and shows it: subject, HTML in a sandbox, plain text and the calendar event', async () => {
    await send('a81001@referrer.example');
    const person = await visitor(world);
    const list = await person.get('/inbox?to=A81001');
    expect(list.text).toContain('Planned outage – Tuesday 8 December');
    const mail = await person.get('/inbox/1');
    expect(mail.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(mail.text).toContain('The booking system is off from 5pm.');
    expect(mail.text).toContain('Tuesday 8 December 2026, 5pm');
    expect(mail.text).toContain('PAS outage, Rehearsal Hospitals');
    const html = await fetch(`${world.url}/inbox/1/html`);
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await html.text()).toContain('<base target="_blank">');
  });

  it('answers as JSON, searched by recipient and subject', async () => {
    await send('a@referrer.example');
    await send('b@referrer.example');
    const { body } = await ask(world, '/inbox/api/messages?to=b@&subject=outage&limit=5');
    expect(body).toMatchObject({
      total: 1,
      messages: [{ to: 'b@referrer.example', messageId: '<b@referrer.example-1@changeover>' }],
    });
    expect((await ask(world, '/inbox/api/messages/2')).body).toMatchObject({
      calendar: expect.stringContaining('UID:outage-1'),
    });
  });

  it('counts a second copy of one mail to one recipient, and nothing else', async () => {
    await send('a@referrer.example', '<one@changeover>');
    await send('b@referrer.example', '<one@changeover>');
    await send('a@referrer.example', '<one@changeover>');
    expect(await summary()).toMatchObject({ accepted: 3, recipients: 2, duplicates: 1 });
  });

  it('plays each fault: refused and cut before the dot is not received, cut after the dot is', async () => {
    const faults = ['421', '450', '451', '550', 'cut-in-data', 'cut-after-dot'].map((fault) => ({
      to: `^${fault}@`,
      fault,
      times: 1,
      rate: 1,
    }));
    await ask(world, '/_world/knobs', { mail: { faults } });
    expect(await outcome('421@x.example')).toBe(421);
    expect(await outcome('450@x.example')).toBe(450);
    expect(await outcome('451@x.example')).toBe(451);
    expect(await outcome('550@x.example')).toBe(550);
    expect(await outcome('cut-in-data@x.example')).toMatch(/^E/);
    expect((await summary()).accepted).toBe(0);
    expect(await outcome('cut-after-dot@x.example')).toMatch(/^E/);
    expect(await summary()).toMatchObject({ accepted: 1, faults: { '421': 1, 'cut-in-data': 1, 'cut-after-dot': 1 } });
    expect(await outcome('450@x.example')).toBe('sent');
  });

  it('a mail that stops before its dot is not received', async () => {
    const { createConnection } = await import('node:net');
    const socket = createConnection(Number(new URL(world.smtpUrl).port), '127.0.0.1');
    const lines = [
      'EHLO x',
      'MAIL FROM:<a@x.example>',
      'RCPT TO:<half@x.example>',
      'DATA',
      'Subject: half\r\n\r\nhalf',
    ];
    await new Promise<void>((resolve) => {
      socket.on('data', () => {
        const line = lines.shift();
        if (line !== undefined) socket.write(`${line}\r\n`);
        if (lines.length === 0) socket.destroy();
      });
      socket.on('close', () => resolve());
    });
    expect((await summary()).accepted).toBe(0);
  });
});
