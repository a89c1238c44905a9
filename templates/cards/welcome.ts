import type { Card } from '../../src/card/card.ts';

/** The first words after the app was added to a team or a group chat: what it is for, and what comes next. */
export const WELCOME_TEAM: Card = {
  headline: 'Changeover is here',
  body: [
    {
      kind: 'text',
      text: 'Plan, approve and run a bulk service update in the NHS e-Referral Service for a PAS migration, and tell the people whom it touches.',
    },
    { kind: 'text', text: 'What comes next', weight: 'strong' },
    {
      kind: 'list',
      ordered: true,
      items: [
        'An administrator starts the migration in the channel where the team works: /bsu start',
        'The e-RS lead gives everybody their role: /bsu grant',
        'A planner sends me the e-RS extract in our own chat, as a CSV file.',
      ],
    },
    { kind: 'text', text: 'Type /bsu, or name me with @Changeover. I answer you alone.', weight: 'quiet' },
  ],
  actions: [
    { kind: 'do', label: 'Where is this migration?', verb: 'status', input: {}, style: 'primary' },
    { kind: 'do', label: 'What can I do?', verb: 'help', input: {} },
  ],
};

/** The first words in somebody's own chat; what waits for them comes after it. */
export const WELCOME_PERSONAL: Card = {
  headline: 'This is our own chat',
  body: [
    {
      kind: 'text',
      text: 'Type a verb, for example "help" or "why", without a slash. Type anything else and I say what waits for you.',
    },
    { kind: 'text', text: 'Send me a CSV file here to have it imported; nobody else sees it.' },
  ],
  actions: [{ kind: 'do', label: 'What can I do?', verb: 'help', input: {} }],
};
