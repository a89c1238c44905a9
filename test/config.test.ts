import { expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { ConfigurationError } from '../src/kernel/errors.ts';

const SERVICE = {
  PUBLIC_URL: 'https://changeover.trust.example/',
  SMTP_URL: 'smtps://relay.trust.example',
  MAIL_FROM: 'e-rs@trust.example',
  ADMIN_EMAIL: 'administrator@trust.example',
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'secret',
};

function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    readConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

it('nothing set is a rehearsal, on this machine only, with the database in the process', () => {
  expect(readConfig({})).toMatchObject({
    mode: 'rehearsal',
    host: '127.0.0.1',
    database: { kind: 'embedded', folder: '.changeover' },
  });
});

it('27: the migrating role may be another than the service’s, and is nothing without it', () => {
  const both = {
    DATABASE_URL: 'postgres://service@db/changeover',
    DATABASE_MIGRATE_URL: 'postgres://owner@db/changeover',
  };
  expect(readConfig({ ...SERVICE, ...both })).toMatchObject({ database: { migrateUrl: both.DATABASE_MIGRATE_URL } });
  expect(faultsOf({ ...SERVICE, DATABASE_MIGRATE_URL: both.DATABASE_MIGRATE_URL })).toEqual([
    'DATABASE_URL is missing: the role of the service',
  ]);
});

it('a whole configuration is the service', () => {
  expect(readConfig({ ...SERVICE, DATABASE_URL: 'postgres://db/changeover' })).toMatchObject({
    mode: 'service',
    publicUrl: 'https://changeover.trust.example',
    database: { kind: 'server' },
    slack: { install: { kind: 'one', botToken: 'xoxb-1' } },
    executor: null,
  });
});

for (const name of Object.keys(SERVICE)) {
  it(`29: a configuration without ${name} names it and is no rehearsal`, () => {
    const { [name as keyof typeof SERVICE]: _, ...rest } = SERVICE;
    expect(faultsOf(rest).join('\n')).toContain(name);
  });
}

it('29: one message names everything that is missing', () => {
  const faults = faultsOf({ SMTP_URL: 'smtp://relay.trust.example' }).join('\n');
  for (const name of ['PUBLIC_URL', 'MAIL_FROM', 'ADMIN_EMAIL', 'SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET']) {
    expect(faults).toContain(name);
  }
});

const { SLACK_BOT_TOKEN: _token, SLACK_SIGNING_SECRET: _secret, ...NO_CHAT } = SERVICE;
const TEAMS = {
  TEAMS_APP_ID: '11111111-2222-4333-8444-555555555555',
  TEAMS_APP_SECRET: 'secret',
  TEAMS_TENANT_IDS: 'AAAAAAAA-2222-4333-8444-555555555555, bbbbbbbb-2222-4333-8444-555555555555',
};

it('a service works in Slack, in Teams, or in both', () => {
  const teams = {
    appId: TEAMS.TEAMS_APP_ID,
    tenantIds: ['aaaaaaaa-2222-4333-8444-555555555555', 'bbbbbbbb-2222-4333-8444-555555555555'],
  };
  expect(readConfig(SERVICE)).toMatchObject({ teams: null });
  expect(readConfig({ ...NO_CHAT, ...TEAMS })).toMatchObject({ mode: 'service', slack: null, teams });
  expect(readConfig({ ...SERVICE, ...TEAMS })).toMatchObject({ slack: { install: { botToken: 'xoxb-1' } }, teams });
});

for (const name of Object.keys(TEAMS)) {
  it(`29: Teams without ${name} names it and does not start`, () => {
    const { [name as keyof typeof TEAMS]: _, ...rest } = TEAMS;
    expect(faultsOf({ ...SERVICE, ...rest }).join('\n')).toContain(name);
  });
}

it('29: a service without any chat says that there are two', () => {
  expect(faultsOf(NO_CHAT).join('\n')).toMatch(/SLACK_BOT_TOKEN.*TEAMS_\*/);
});

it('29: an id that is none, a list with a gap, and unauthenticated requests are refused', () => {
  expect(faultsOf({ ...NO_CHAT, ...TEAMS, TEAMS_APP_ID: 'my-bot' }).join()).toContain('TEAMS_APP_ID');
  expect(faultsOf({ ...NO_CHAT, ...TEAMS, TEAMS_TENANT_IDS: `${TEAMS.TEAMS_APP_ID},` }).join()).toContain('TENANT_IDS');
  const dangerous = faultsOf({ ...NO_CHAT, ...TEAMS, DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS: 'false' });
  expect(dangerous.join()).toContain('DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS');
});

const MANY = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'secret', CHANGEOVER_SECRET_KEY: '1f'.repeat(32) };
const WITHOUT_TOKEN = { ...NO_CHAT, SLACK_SIGNING_SECRET: 'secret' };

it('several Slack workspaces: the app’s own id and secret, and a key for their tokens', () => {
  const config = readConfig({ ...WITHOUT_TOKEN, ...MANY });
  expect(config.slack?.install).toEqual({ kind: 'many', clientId: '1.2', clientSecret: 'secret' });
  expect(config.secretKeys).toEqual(['1f'.repeat(32)]);
});

for (const name of Object.keys(MANY)) {
  it(`29: several workspaces without ${name} are refused, and it is named`, () => {
    const rest: Record<string, string> = { ...WITHOUT_TOKEN, ...MANY };
    delete rest[name];
    expect(faultsOf(rest).join('\n')).toContain(`${name} is missing`);
  });
}

it('29: one workspace and several at once are refused, and so is a key that is none', () => {
  expect(faultsOf({ ...SERVICE, ...MANY }).join('\n')).toContain('take one of them out');
  expect(faultsOf({ ...WITHOUT_TOKEN, ...MANY, CHANGEOVER_SECRET_KEY: 'short' }).join('\n')).toContain('openssl rand');
});

it('29: a rehearsal takes no real connections', () => {
  expect(faultsOf({ ...SERVICE, CHANGEOVER_MODE: 'rehearsal' })).toHaveLength(1);
});

it('what cannot be read is named', () => {
  expect(faultsOf({ PORT: 'many' }).join()).toContain('PORT');
});

const DKIM = { DKIM_DOMAIN: 'Trust.example', DKIM_SELECTOR: 's1', DKIM_KEY_FILE: '/run/secrets/dkim.pem' };

it('23: mails are signed here with all of three settings, for the sender’s own domain', () => {
  const dkim = { domain: 'trust.example', selector: 's1', keyFile: '/run/secrets/dkim.pem' };
  expect(readConfig(SERVICE)).toMatchObject({ mail: { dkim: null } });
  expect(readConfig({ ...SERVICE, ...DKIM })).toMatchObject({ mail: { dkim } });
  expect(faultsOf({ ...SERVICE, ...DKIM, MAIL_FROM: 'e-rs@mail.trust.example' })).toEqual([]);
  expect(faultsOf({ ...SERVICE, ...DKIM, MAIL_FROM: 'e-rs@untrust.example' })).toEqual([
    'DKIM_DOMAIN: MAIL_FROM is at untrust.example, which is not trust.example or below it',
  ]);
  for (const name of Object.keys(DKIM)) {
    const { [name as keyof typeof DKIM]: _, ...rest } = DKIM;
    expect(faultsOf({ ...SERVICE, ...rest })).toEqual([expect.stringContaining(`${name} is missing`)]);
  }
  expect(faultsOf({ ...SERVICE, ...DKIM, DKIM_SELECTOR: 's1; d=evil' }).join()).toContain('DKIM_SELECTOR');
});

it('29: the mailbox for reports is a whole address, which is never repeated', () => {
  const url = 'imaps://notices%40trust.example:p%40ss@imap.trust.example/INBOX';
  expect(readConfig({ ...SERVICE, BOUNCE_MAILBOX: url })).toMatchObject({ bounceMailbox: url });
  for (const wrong of ['imap.trust.example', 'imaps://u@h/', 'https://u:hidden1@h/', 'imaps://u:hid%den1@h/']) {
    const faults = faultsOf({ ...SERVICE, BOUNCE_MAILBOX: wrong }).join();
    expect(faults).toContain('BOUNCE_MAILBOX: as imaps://user:password@host/INBOX');
    expect(faults).not.toMatch(/hid%?den1/);
  }
});
