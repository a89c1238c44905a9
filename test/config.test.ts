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

it('a whole configuration is the service', () => {
  expect(readConfig({ ...SERVICE, DATABASE_URL: 'postgres://db/changeover' })).toMatchObject({
    mode: 'service',
    publicUrl: 'https://changeover.trust.example',
    database: { kind: 'server' },
    slack: { botToken: 'xoxb-1' },
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

it('29: Teams settings are refused with a sentence, not ignored', () => {
  expect(faultsOf({ ...SERVICE, TEAMS_APP_ID: 'x' })).toEqual([
    expect.stringContaining('does not speak Microsoft Teams yet'),
  ]);
});

it('29: a rehearsal takes no real connections', () => {
  expect(faultsOf({ ...SERVICE, CHANGEOVER_MODE: 'rehearsal' })).toHaveLength(1);
});

it('what cannot be read is named', () => {
  expect(faultsOf({ PORT: 'many' }).join()).toContain('PORT');
});
