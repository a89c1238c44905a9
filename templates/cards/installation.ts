import type { HelpAnswers } from '../../src/domain/answers.ts';
import type { InstallationAnswers, StatusFacts } from '../../src/domain/status.ts';
import { counted, spanInWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const helpCards = {
  help: (facts) => ({
    headline: 'What you can ask for',
    body: [
      {
        kind: 'list',
        items: facts.verbs.map((verb) => `${verb.examples[0] ?? `/bsu ${verb.verb}`}: ${verb.summary}`),
      },
      ...(facts.contacts.length > 0 ? [{ kind: 'facts' as const, facts: facts.contacts }] : []),
    ],
    actions: [],
  }),
} satisfies CardsFor<HelpAnswers>;

export const installationCards = {
  status: (facts) => ({
    headline: facts.migration ?? facts.where,
    body: [
      ...(facts.migration ? [{ kind: 'text' as const, text: facts.where }] : []),
      ...facts.plans.map((plan) => ({ kind: 'text' as const, text: plan.text })),
      ...section('What blocks it', facts.blocks),
      ...(facts.migrations.length === 0 ? waiting(facts, 'Waits for you') : []),
      ...facts.migrations.flatMap((each) => waiting(each, each.name)),
    ],
    actions: [],
    last: `You are ${facts.you.name}: ${facts.you.roles.join(', ') || 'no role here'}`,
  }),
  people: (facts) => ({
    headline: `${counted(facts.people.length, 'person has', 'people have')} a role here`,
    body: [
      {
        kind: 'table',
        columns: ['Who', 'Roles', 'Telephone', 'E-mail'],
        rows: facts.people.map((person) => [
          person.name,
          person.roles.join(', '),
          person.telephone ?? 'not given',
          person.email,
        ]),
      },
    ],
    actions: [],
  }),
  'role.changed': (facts) => ({
    headline: `${facts.name}: ${facts.role} ${facts.change}`,
    tone: 'good',
    body: facts.account ? [{ kind: 'text', text: `Their ${facts.account} account is known now.` }] : [],
    actions: [],
  }),
  'migration.started': (facts) => ({
    headline: `${facts.migration} has begun`,
    tone: 'good',
    body: [
      {
        kind: 'facts',
        facts: [
          { label: 'Provider', value: facts.provider },
          { label: 'From', value: facts.from.join(', ') },
          { label: 'To', value: facts.to },
          { label: 'Time zone', value: facts.zone },
        ],
      },
      { kind: 'text', text: 'You are its e-RS lead. Give the others their roles, then import the extract.' },
    ],
    actions: [],
  }),
  settings: (facts) => ({
    headline: 'Settings of this migration',
    body: [
      {
        kind: 'table',
        columns: ['Setting', 'Value', 'Where from'],
        rows: facts.settings.map((setting) => [setting.name, setting.value, setting.source]),
      },
    ],
    actions: [],
  }),
  doctor: (facts) => ({
    headline: facts.checks.every((check) => check.ok)
      ? '✔ Everything is connected'
      : `✖ ${counted(facts.checks.filter((check) => !check.ok).length, 'thing needs', 'things need')} attention`,
    tone: facts.checks.every((check) => check.ok) ? 'good' : 'warning',
    body: [
      {
        kind: 'list',
        items: facts.checks.map(
          (check) =>
            `${check.ok ? '✔' : '✖'} ${check.what}: ${check.says.replace(/\.$/, '')}${check.fix ? `. ${check.fix}` : ''}`,
        ),
      },
    ],
    actions: [],
  }),
} satisfies CardsFor<InstallationAnswers>;

/** What waits for somebody in one migration, and when its next window is. */
function waiting(
  { waitsForYou, nextWindow, zone }: Pick<StatusFacts, 'waitsForYou' | 'nextWindow' | 'zone'>,
  title: string,
) {
  const window = nextWindow
    ? `Next window: plan ${nextWindow.plan}, ${spanInWords(nextWindow.from, nextWindow.to, zone)}`
    : null;
  return [
    ...section(title, waitsForYou.length > 0 ? waitsForYou : ['Nothing waits for you at the moment']),
    ...(window === null ? [] : [{ kind: 'text' as const, text: window, weight: 'quiet' as const }]),
  ];
}

function section(title: string, items: readonly string[]) {
  if (items.length === 0) return [];
  return [
    { kind: 'text' as const, text: title, weight: 'strong' as const },
    { kind: 'list' as const, items },
  ];
}
