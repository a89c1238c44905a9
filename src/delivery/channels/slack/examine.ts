import { webApi } from '@slack/bolt';
import type { DoctorCheck } from '../../../domain/status.ts';
import { counted } from '../../../kernel/time-words.ts';
import type { ChannelAddress } from '../../../ports/channel.ts';
import type { SlackClient } from './client.ts';

/** What Changeover cannot work without. */
export interface SlackExpected {
  readonly scopes: readonly string[];
  readonly optionalScopes: readonly string[];
  /** What to do about a token that Slack does not take. */
  readonly renew: string;
}

/** Is the token good, may it do what it must, and is the bot in these channels? Asks and changes nothing. */
export async function examineSlack(
  client: SlackClient,
  name: string,
  channels: readonly ChannelAddress[],
  expected: SlackExpected,
): Promise<readonly DoctorCheck[]> {
  const what = `Slack${name === '' ? '' : ` (${name})`}`;
  const asked = await client.auth.test().catch((error: unknown) => problemOf(error));
  if (typeof asked === 'string') {
    const fix = UNREACHABLE.has(asked) ? 'Let this machine reach slack.com by https, and look again' : expected.renew;
    return [{ what, ok: false, says: `Slack does not take the token (${asked})`, fix }];
  }
  const granted = asked.response_metadata?.scopes;
  return [
    {
      what,
      ok: true,
      says: `the token is that of ${asked.user ?? 'the bot'} in ${asked.team ?? asked.team_id}`,
      fix: null,
    },
    ...(granted ? [scopeCheck(what, granted, expected)] : []),
    ...(await Promise.all(channels.map((channel) => memberCheck(client, what, channel)))),
  ];
}

function scopeCheck(what: string, granted: readonly string[], expected: SlackExpected): DoctorCheck {
  const lacking = expected.scopes.filter((scope) => !granted.includes(scope));
  const optional = expected.optionalScopes.filter((scope) => !granted.includes(scope));
  if (lacking.length > 0) {
    return {
      what: `${what}, scopes`,
      ok: false,
      says: `${counted(lacking.length, 'scope is', 'scopes are')} missing: ${lacking.join(', ')}`,
      fix: 'Give the app the scopes of manifest.json, and install it again (docs/slack.md)',
    };
  }
  const without = optional.length === 0 ? '' : `; optional ones left out: ${optional.join(', ')}`;
  return { what: `${what}, scopes`, ok: true, says: `all that are needed${without}`, fix: null };
}

async function memberCheck(client: SlackClient, what: string, { channelId }: ChannelAddress): Promise<DoctorCheck> {
  const where = `${what}, channel ${channelId}`;
  const found = await client.conversations.info({ channel: channelId }).catch((error: unknown) => problemOf(error));
  if (found === 'missing_scope') {
    return { what: where, ok: true, says: 'not looked at: the optional scope channels:read was left out', fix: null };
  }
  const invite = 'In the channel type /invite @changeover';
  if (found === 'channel_not_found') {
    return {
      what: where,
      ok: false,
      says: 'not found: it is private and the bot is not in it, or it was deleted',
      fix: invite,
    };
  }
  if (typeof found === 'string')
    return { what: where, ok: false, says: `Slack does not say (${found})`, fix: 'Look again in a minute' };
  if (found.channel?.is_archived) {
    return {
      what: where,
      ok: false,
      says: 'is archived',
      fix: 'Unarchive it, or bind the migration to another channel',
    };
  }
  return found.channel?.is_member === false
    ? { what: where, ok: false, says: 'the bot is not in it, so that no card can be posted', fix: invite }
    : { what: where, ok: true, says: `the bot is in #${found.channel?.name ?? channelId}`, fix: null };
}

const UNREACHABLE: ReadonlySet<string> = new Set(['no answer', 'rate limit']);

/** Slack's own word for what is wrong; nothing of the request. */
function problemOf(error: unknown): string {
  if (error instanceof webApi.WebAPIPlatformError) return error.data.error ?? 'no reason given';
  return error instanceof webApi.WebAPIRateLimitedError ? 'rate limit' : 'no answer';
}
