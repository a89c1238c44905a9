import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_URL, slackManifest } from '../../../src/surfaces/slack/manifest.ts';

const root = new URL('../../../', import.meta.url);

describe('the Slack manifest', () => {
  it('at the root is the one that the code declares (npm run -s slack-manifest > manifest.json)', () => {
    expect(JSON.parse(readFileSync(new URL('manifest.json', root), 'utf8'))).toEqual(slackManifest(EXAMPLE_URL));
  });

  it('sends everything to one address, escaped', () => {
    const manifest = slackManifest('https://bsu.example.nhs.uk/');
    expect(manifest.features.slash_commands).toHaveLength(1);
    expect(manifest.features.slash_commands[0]).toMatchObject({
      command: '/bsu',
      url: 'https://bsu.example.nhs.uk/slack/events',
      should_escape: true,
    });
    expect(manifest.settings.interactivity.request_url).toBe('https://bsu.example.nhs.uk/slack/events');
  });

  it('names where a person comes back to, where it is installed in several workspaces', () => {
    expect(slackManifest('https://bsu.example.nhs.uk', true).oauth_config).toMatchObject({
      redirect_urls: ['https://bsu.example.nhs.uk/slack/oauth_redirect'],
    });
    expect(slackManifest('https://bsu.example.nhs.uk').oauth_config).not.toHaveProperty('redirect_urls');
  });

  it("keeps Slack's limits", () => {
    const { display_information: display, features } = slackManifest(EXAMPLE_URL);
    expect(display.name.length).toBeLessThanOrEqual(35);
    expect(display.description.length).toBeLessThanOrEqual(140);
    expect(features.slash_commands[0]?.usage_hint.length).toBeLessThanOrEqual(1000);
  });

  it('asks for no scope that docs/slack.md does not explain', () => {
    const docs = readFileSync(new URL('docs/slack.md', root), 'utf8');
    const { bot, bot_optional } = slackManifest(EXAMPLE_URL).oauth_config.scopes;
    for (const scope of [...bot, ...bot_optional]) expect(docs).toContain(`| \`${scope}\``);
  });
});
