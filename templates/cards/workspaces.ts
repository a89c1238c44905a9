import type { WorkspaceAnswers, WorkspacesFacts } from '../../src/domain/workspace-answers.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const workspaceCards = {
  workspaces: (facts) => ({
    headline: facts.link
      ? 'A link that installs Changeover in one more Slack workspace'
      : `Changeover is in ${counted(facts.workspaces.filter(({ ended }) => ended === null).length, 'Slack workspace')}`,
    body: facts.link
      ? [
          {
            kind: 'text',
            text: `It is good once, for ${counted(facts.link.minutes, 'minute')}. Open it yourself, or give it to the person who may install apps there.`,
          },
        ]
      : [{ kind: 'list', items: facts.workspaces.map((workspace) => lineOf(workspace, facts.zone)) }],
    actions: facts.link ? [{ kind: 'link', label: 'Install Changeover', url: facts.link.address }] : [],
  }),
} satisfies CardsFor<WorkspaceAnswers>;

function lineOf(
  { name, id, installedAt, installedBy, ended }: WorkspacesFacts['workspaces'][number],
  zone: string,
): string {
  const since = `installed ${inWords(installedAt, zone)}, link from ${installedBy}`;
  if (ended === null) return `✔ ${name} (${id}): ${since}`;
  const why = ended.why === 'uninstalled' ? 'uninstalled there' : 'its token was revoked';
  return `✖ ${name} (${id}): ${why} ${inWords(ended.at, zone)}. What is to be posted waits: install it again with a new link`;
}
