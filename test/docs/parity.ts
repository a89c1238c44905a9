import { commands } from '../../commands/index.ts';
import { ADAPTIVE_CARD_BUDGET, toAdaptiveCard } from '../../src/card/adaptive-card.ts';
import type { Card, Part } from '../../src/card/card.ts';
import { MAX_ACTIONS } from '../../src/card/fit.ts';
import type { Field } from '../../src/card/form.ts';
import { formToAdaptiveCard } from '../../src/card/form-adaptive-card.ts';
import { formToSlackModal } from '../../src/card/form-slack-modal.ts';
import { MOST_REFRESHED } from '../../src/card/refresh.ts';
import { SLACK_MESSAGE_BUDGET, toSlackBlocks } from '../../src/card/slack-blocks.ts';
import { SlackChannel } from '../../src/delivery/channels/slack/channel.ts';
import { TeamsChannel } from '../../src/delivery/channels/teams/channel.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { teamsManifest } from '../../templates/teams-app/manifest.ts';

/** docs/parity.md, from the register of verbs, the app's menus, the converters and the channels themselves. */
export function parityDocument(): string {
  return `# Slack and Microsoft Teams, side by side

One register of verbs, one card, one form and one dispatch stand behind both. This page is made of them by \`npm run -s parity > docs/parity.md\`, and a test holds it equal.

## Verbs

All ${commands.length} verbs work on both platforms and say the same. In Slack they are typed as \`/bsu VERB\`; in Teams as \`/bsu VERB\` or \`@Changeover VERB\` in a channel or group chat, and as plain words in the personal chat. The menus of Teams (twelve verbs each) only help to find them.

${table(['Verb', 'For', 'Slack', 'Teams', 'In the menu of Teams'], commands.map(verbRow))}

## What a card is made of

A card has at most ${MAX_ACTIONS} buttons. What does not fit is left out and said: Slack ${SLACK_MESSAGE_BUDGET.toLocaleString('en-GB')} characters, Teams ${ADAPTIVE_CARD_BUDGET / 1_024} KB.

${table(['Part', 'Slack', 'Teams'], [...PARTS.map(partRow), ...BUTTONS.map(buttonRow)])}

## What a form asks

${table(['Field', 'Slack, in a modal', 'Teams, in a dialog or on the card'], FIELDS.map(fieldRow))}

## The rest

${table(['What', 'Slack', 'Teams'], REST)}
`;
}

const lists = teamsManifest({
  appId: '00000000-0000-0000-0000-000000000000',
  publicUrl: 'https://changeover.example',
  version: '1.0.0',
  verbs: commands,
}).bots.flatMap(({ commandLists }) => commandLists);

function verbRow({ verb, summary }: (typeof commands)[number]): string[] {
  const menus = lists.filter((list) => list.commands.some(({ title }) => title === `bsu ${verb}`));
  const places = menus.flatMap(({ scopes }) => scopes.map((scope) => SCOPES[scope] ?? scope));
  return [`\`${verb}\``, summary, 'yes', 'yes', places.join(', ') || 'typed'];
}

const SCOPES: Readonly<Record<string, string>> = {
  team: 'channel',
  groupChat: 'group chat',
  personal: 'personal chat',
};

const PARTS: readonly [string, Part][] = [
  ['text', { kind: 'text', text: 'x' }],
  ['quiet text', { kind: 'text', text: 'x', weight: 'quiet' }],
  ['facts', { kind: 'facts', facts: [{ label: 'x', value: 'x' }] }],
  ['list', { kind: 'list', items: ['x'] }],
  ['progress', { kind: 'progress', done: 1, of: 2, text: '' }],
  ['table', { kind: 'table', columns: ['x'], rows: [['x']] }],
  ['rule', { kind: 'rule' }],
];

function partRow([name, part]: (typeof PARTS)[number]): string[] {
  const card: Card = { headline: 'x', body: [part, { kind: 'text', text: 'after' }], actions: [] };
  const [, element] = toAdaptiveCard(card).body;
  const [, block] = toSlackBlocks(card);
  const separator = part.kind === 'rule' ? 'a separator above what follows' : (element?.type ?? 'nothing');
  return [name, block?.type ?? 'nothing', separator];
}

const doing = { kind: 'do' as const, label: 'x', verb: 'run', input: {} };
const BUTTONS: readonly [string, Card['actions'][number]][] = [
  ['button', doing],
  ['button that asks once more', { ...doing, confirm: { title: 'x', text: 'x', yes: 'x' } }],
  ['link', { kind: 'link', label: 'x', url: 'https://changeover.example' }],
];

function buttonRow([name, action]: (typeof BUTTONS)[number]): string[] {
  const card: Card = { headline: 'x', body: [], actions: [action] };
  const row = toSlackBlocks(card).find((block) => block.type === 'actions');
  const [button] = row?.type === 'actions' ? row.elements : [];
  return [
    name,
    button?.confirm ? 'button with a confirm dialog' : (button?.type ?? 'nothing'),
    toAdaptiveCard(card).actions[0]?.type ?? 'nothing',
  ];
}

const FIELDS: readonly Field['kind'][] = ['text', 'long-text', 'number', 'date', 'choice', 'choices', 'yes-no', 'file'];

function fieldRow(kind: Field['kind']): string[] {
  const options = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ];
  const field: Field = {
    name: 'x',
    label: 'x',
    kind,
    optional: false,
    ...(kind.startsWith('choice') ? { options } : {}),
  };
  const form = { verb: 'run', title: 'x', given: {}, fields: [field], submit: 'x' };
  const asked = formToSlackModal(form, '{}').blocks.find((block) => block.type === 'input');
  const input = formToAdaptiveCard(form).body.find((element) => element.type.startsWith('Input.'));
  return [
    kind,
    asked?.type === 'input' ? asked.element.type : 'nothing',
    input?.type ?? 'sent as a message in the personal chat',
  ];
}

const slack: Channel = new SlackChannel(() => Promise.reject(new Error('Nothing is sent here.')));
const teams: Channel = new TeamsChannel({} as never, {
  token: {} as never,
  origins: [],
});
const each = (words: (channel: Channel) => string): [string, string] => [words(slack), words(teams)];

const REST: readonly (readonly string[])[] = [
  ['Answers that only you see', 'ephemeral', 'targeted; where Teams refuses one, in the personal chat'],
  ['Your to-do list', 'the Home tab', 'the personal chat: type `status`'],
  [
    'Each person’s own buttons on a posted card',
    ...each(({ ownButtons }) =>
      ownButtons ? `yes, for the first ${MOST_REFRESHED} people who may act` : 'no: everybody sees the same ones',
    ),
  ],
  ['Who may press a button', 'decided by the server at each press', 'decided by the server at each press'],
  ['Files from you', 'a message in a channel that it is in, or a form', 'a message in the personal chat'],
  ['Files to you', 'in your direct messages', 'a link that is yours alone, for a quarter of an hour'],
  [
    'Files for the channel (night pack)',
    ...each(({ file }) => (file ? 'posted in the thread' : 'said, with the verb that gives it')),
  ],
  [
    'A card whose posting had no answer',
    'looked for in the channel, else posted once more',
    'recognised when its buttons are asked for, else posted once more',
  ],
  ['Guests and people of other organisations', 'testers and observers only', 'testers and observers only'],
  ['Several organisations in one Changeover', 'one link for each workspace', '`TEAMS_TENANT_IDS`'],
  ['Without a public address', 'Socket Mode', 'no: Teams calls an https address'],
];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (import.meta.main) process.stdout.write(parityDocument());
