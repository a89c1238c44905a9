import type { WorkspaceAnswers } from '../../../src/domain/workspace-answers.ts';
import type { SamplesFor } from './samples-for.ts';

const workspaces = [
  {
    id: 'T0OTHER',
    name: 'The other trust',
    installedAt: '2026-12-01T10:00:00Z',
    installedBy: 'The administrator',
    ended: null,
  },
  {
    id: 'T0THIRD',
    name: 'The third trust',
    installedAt: '2026-11-20T10:00:00Z',
    installedBy: 'The administrator',
    ended: { at: '2026-11-30T16:30:00Z', why: 'revoked' },
  },
];

export const workspaceSamples: SamplesFor<WorkspaceAnswers> = {
  workspaces: [
    { what: 'Slack workspaces', facts: { zone: 'Europe/London', workspaces, link: null } },
    {
      what: 'A link that installs',
      facts: {
        zone: 'Europe/London',
        workspaces,
        link: { address: 'https://changeover.example/slack/install?pass=K7QM-F42X-T9BD', minutes: 15 },
      },
    },
  ],
};
