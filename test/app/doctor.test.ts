import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import { diagnosis, diagnosisWithout } from '../../src/app/doctor.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { DoctorCheck } from '../../src/domain/status.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { storeOf } from '../../src/store/store.ts';
import { OPTIONAL_SCOPES, SCOPES } from '../../src/surfaces/slack/scopes.ts';
import { eachDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';
import { FakeSlack } from '../support/slack-api.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';

const NOW = '2026-12-01T19:00:00Z';

eachDatabase('what the doctor looks at', (database) => {
  let slack: FakeSlack;
  let sink: SmtpSink;
  let config: Config;
  let connection: Connection;
  const here = createServer((request, response) => {
    response.writeHead(request.url === '/healthz' ? 200 : request.url === '/slack/events' ? 401 : 404).end();
  });

  beforeAll(async () => {
    await database.open();
    await new Promise<void>((resolve) => here.listen(0, '127.0.0.1', resolve));
  }, 120_000);
  afterAll(() => void here.close());
  beforeEach(async () => {
    connection = await database.open();
    slack = await new FakeSlack().start();
    slack.scopes = [...SCOPES, ...OPTIONAL_SCOPES];
    slack.channels.set('C0ROOM', { name: 'pas-migration', is_member: true });
    sink = await smtpSink();
    const office = await openOffice(connection);
    await office.store.migrations.bind(
      { platform: 'slack', tenant: 'T0TEAM', channelId: 'C0ROOM' },
      office.migrationId,
      NOW,
    );
    config = {
      ...readConfig({
        PUBLIC_URL: `http://127.0.0.1:${(here.address() as AddressInfo).port}`,
        SMTP_URL: sink.url,
        MAIL_FROM: 'notices@trust.example',
        ADMIN_EMAIL: 'administrator@trust.example',
        SLACK_BOT_TOKEN: 'xoxb-test',
        SLACK_SIGNING_SECRET: 'secret',
        SLACK_API_URL: slack.apiUrl,
      }),
      // Without https, on this machine.
      mode: 'rehearsal',
    };
  });
  afterEach(async () => {
    await slack.stop();
    await sink.close();
  });

  const examine = (changed: Partial<Config> = {}) =>
    diagnosis({ ...config, ...changed }, silentLog, connection).examine(1);
  const unwell = (checks: readonly DoctorCheck[]) => checks.filter(({ ok }) => !ok);

  it('finds nothing where all is well', async () => {
    const checks = await examine();
    expect(unwell(checks)).toEqual([]);
    for (const what of [
      'Database',
      'Slack',
      'Slack, scopes',
      'Slack, channel C0ROOM',
      'Slack, request address',
      'Public address',
      'Mail',
      'Microsoft Teams',
      'Automation',
    ]) {
      expect(
        checks.map((check) => check.what),
        what,
      ).toContain(what);
    }
    expect(slack.messages).toEqual([]);
  });

  it('a token that Slack does not take, and one that may do too little', async () => {
    slack.fail('auth.test', { kind: 'error', error: 'token_revoked' });
    expect(unwell(await examine())).toEqual([
      {
        what: 'Slack',
        ok: false,
        says: 'Slack does not take the token (token_revoked)',
        fix: expect.stringContaining('SLACK_BOT_TOKEN'),
      },
    ]);
    slack.scopes = SCOPES.filter((scope) => scope !== 'files:read');
    const [lacking] = unwell(await examine());
    expect(lacking).toMatchObject({
      what: 'Slack, scopes',
      says: '1 scope is missing: files:read',
      fix: expect.stringContaining('manifest.json'),
    });
  });

  it('a channel that the bot is not in, is archived, or cannot be looked at', async () => {
    slack.channels.set('C0ROOM', { name: 'pas-migration', is_member: false });
    expect(unwell(await examine())).toMatchObject([
      { what: 'Slack, channel C0ROOM', fix: expect.stringContaining('/invite @changeover') },
    ]);
    slack.channels.set('C0ROOM', { name: 'pas-migration', is_archived: true });
    expect(unwell(await examine())).toMatchObject([{ says: 'is archived' }]);
    slack.channels.clear();
    expect(unwell(await examine())).toMatchObject([{ fix: expect.stringContaining('/invite @changeover') }]);
    slack.fail('conversations.info', { kind: 'error', error: 'missing_scope' });
    expect(unwell(await examine())).toEqual([]);
  });

  it('a relay that is not there, and no mail at all', async () => {
    await sink.close();
    expect(unwell(await examine())).toMatchObject([{ what: 'Mail', fix: expect.stringContaining('SMTP_URL') }]);
    expect(unwell(await examine({ mail: null }))).toMatchObject([{ what: 'Mail', says: 'not set up' }]);
  });

  it('a relay that refuses the login, and one that speaks no TLS', async () => {
    const guarded = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
    });
    await new Promise<void>((resolve) => void guarded.listen(0, '127.0.0.1', resolve));
    const { port } = guarded.server.address() as AddressInfo;
    const from = 'notices@trust.example';
    try {
      const login = await examine({ mail: { smtpUrl: `smtp://user:a-password@127.0.0.1:${port}`, from, dkim: null } });
      expect(unwell(login)).toMatchObject([
        {
          what: 'Mail',
          says: '127.0.0.1 refuses the login (535)',
          fix: expect.stringContaining('password in SMTP_URL'),
        },
      ]);
      expect(JSON.stringify(login)).not.toContain('a-password');
      const tls = await examine({ mail: { smtpUrl: `smtps://127.0.0.1:${port}`, from, dkim: null } });
      expect(unwell(tls)).toMatchObject([{ what: 'Mail', says: '127.0.0.1 and we agree on no TLS' }]);
    } finally {
      await new Promise<void>((resolve) => guarded.close(resolve));
    }
  });

  it('an address that leads elsewhere, nowhere, or is not https in service', async () => {
    const nowhere = unwell(await examine({ publicUrl: 'http://127.0.0.1:9' }));
    expect(nowhere).toMatchObject([{ what: 'Public address', says: expect.stringContaining('does not answer') }]);
    const elsewhere = unwell(await examine({ publicUrl: `${config.publicUrl}/somewhere` }));
    expect(elsewhere).toMatchObject([{ says: expect.stringContaining('answers 404: it is not this service') }]);
    const plain = unwell(await examine({ mode: 'service' })).filter(({ what }) => what === 'Public address');
    expect(plain).toMatchObject([{ says: expect.stringContaining('is not https') }]);
  });

  it('Teams, where Microsoft Entra gives no token', async () => {
    const teams = {
      appId: '11111111-2222-4333-8444-555555555555',
      appSecret: 'x',
      tenantIds: ['11111111-2222-4333-8444-555555555555'],
      keysUrl: null,
      connectorUrl: null,
      loginUrl: 'http://127.0.0.1:9',
    };
    expect(unwell(await examine({ teams }))).toMatchObject([
      { what: 'Microsoft Teams', fix: expect.stringContaining('login.microsoftonline.com') },
    ]);
  });

  it('a clock that is minutes away from Slack’s', async () => {
    slack.ahead = 200;
    expect(unwell(await examine())).toMatchObject([
      {
        what: 'Clock',
        says: expect.stringMatching(/^differs from Slack’s by \d+ min/),
        fix: expect.stringContaining('NTP'),
      },
    ]);
    slack.ahead = -20;
    expect(unwell(await examine())).toEqual([]);
  });

  it('a channel that takes nothing now, with what to do', async () => {
    const place = { platform: 'slack', tenant: 'T0TEAM', channelId: 'C0ROOM' };
    await storeOf(connection.db).channelTroubles.raise(place, 1, 'Invite the bot to the channel.', NOW);
    expect(unwell(await examine())).toMatchObject([
      { what: 'Messages to slack channel C0ROOM', says: 'Invite the bot to the channel.' },
    ]);
  });

  it('a schema that is not this program’s', async () => {
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-a-newer-one', '2030')`.execute(
      connection.db,
    );
    try {
      const found = unwell(await examine()).filter(({ what }) => what === 'Database, schema');
      expect(found).toMatchObject([{ says: expect.stringContaining('9999-from-a-newer-one') }]);
    } finally {
      await sql`delete from kysely_migration where name = '9999-from-a-newer-one'`.execute(connection.db);
    }
  });

  it('without a database the reason is the first finding, and the rest is looked at all the same', async () => {
    const checks = await diagnosisWithout(config, silentLog, new Error('connect ECONNREFUSED 127.0.0.1:5432'));
    expect(checks[0]).toMatchObject({ what: 'Database', ok: false, says: 'connect ECONNREFUSED 127.0.0.1:5432' });
    expect(checks.map(({ what }) => what)).toContain('Mail');
  });

  it('no finding holds a secret', async () => {
    slack.fail('auth.test', { kind: 'cut' });
    const words = JSON.stringify(await examine());
    for (const secret of ['xoxb-test', '"secret"']) expect(words).not.toContain(secret);
  });
});
