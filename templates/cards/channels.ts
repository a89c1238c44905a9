import type { ChannelAnswers, ChannelsFacts } from '../../src/domain/channel-answers.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const channelCards = {
  channels: (facts) => ({
    headline: headline(facts),
    tone: facts.channels.some(({ trouble }) => trouble !== null) ? 'warning' : facts.done === null ? 'neutral' : 'good',
    body: [
      ...(facts.done === 'added'
        ? [
            {
              kind: 'text' as const,
              text: 'Everybody in this channel sees the cards, whatever their role; who may do what is judged at each click.',
            },
          ]
        : []),
      { kind: 'list', ordered: true, items: facts.channels.map((channel) => lineOf(channel, facts.zone)) },
      ...(facts.channels.length > 1
        ? [
            {
              kind: 'text' as const,
              text: 'To take one off: /bsu channel off=NUMBER. Its cards stay as they are.',
              weight: 'quiet' as const,
            },
          ]
        : []),
    ],
    actions: [],
  }),
} satisfies CardsFor<ChannelAnswers>;

function headline({ done, channels, migration }: ChannelsFacts): string {
  const count = counted(channels.length, 'channel');
  if (done === 'added') return `${migration}: its cards come here too`;
  if (done === 'taken-off') return `${migration}: taken off, ${count} left`;
  return `${migration}: ${count}`;
}

const PLATFORMS: Readonly<Record<string, string>> = {
  slack: 'Slack channel',
  teams: 'Microsoft Teams conversation',
  chat: 'Chat page',
};

function lineOf({ platform, channelId, here, trouble }: ChannelsFacts['channels'][number], zone: string): string {
  const name = `${PLATFORMS[platform] ?? platform} ${here ? '(this one)' : channelId}`;
  return trouble === null
    ? name
    : `${name}: takes no messages since ${inWords(trouble.since, zone)}. ${trouble.problem}`;
}
