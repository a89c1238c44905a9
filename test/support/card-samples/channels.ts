import type { ChannelAnswers } from '../../../src/domain/channel-answers.ts';
import type { SamplesFor } from './samples-for.ts';

export const channelSamples: SamplesFor<ChannelAnswers> = {
  channels: [
    {
      what: 'The channels of a migration',
      facts: {
        migration: 'Rehearsal PAS migration',
        zone: 'Europe/London',
        done: null,
        channels: [
          { platform: 'slack', channelId: 'C0MIGRATION', here: true, trouble: null },
          {
            platform: 'teams',
            channelId: '19:migration@thread.tacv2',
            here: false,
            trouble: {
              problem:
                'Changeover was taken out of this Teams conversation, or may not write there. Add the app again.',
              since: '2026-12-08T19:10:00Z',
            },
          },
        ],
      },
    },
    {
      what: 'A channel is added',
      facts: {
        migration: 'Rehearsal PAS migration',
        zone: 'Europe/London',
        done: 'added',
        channels: [
          { platform: 'slack', channelId: 'C0MIGRATION', here: false, trouble: null },
          { platform: 'teams', channelId: '19:migration@thread.tacv2', here: true, trouble: null },
        ],
      },
    },
  ],
};
