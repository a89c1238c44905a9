import type { JoiningAnswers } from '../../src/domain/joining.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const joiningCards = {
  'link.code': (facts) => ({
    headline: `Your code is ${facts.code}`,
    body: [
      {
        kind: 'list',
        ordered: true,
        items: [
          `In your other account, type: /bsu link ${facts.code}`,
          'Come back here and confirm that it was you: /bsu link',
        ],
      },
      {
        kind: 'text',
        text: `It lasts ${counted(facts.minutes, 'minute')} and works once. Give it to nobody: whoever joins your account can vote as you.`,
        weight: 'quiet',
      },
    ],
    actions: [],
  }),
  'link.waiting': (facts) =>
    facts.account === null
      ? {
          headline: 'Your code has not been typed yet',
          body: [
            {
              kind: 'text',
              text: `Type it in your other account within ${counted(facts.minutes, 'minute')}, or ask for a new one.`,
            },
          ],
          actions: [{ kind: 'do', label: 'New code', verb: 'link', input: { answer: 'new' } }],
        }
      : {
          headline: `Is ${facts.account} yours?`,
          tone: 'warning',
          body: [
            {
              kind: 'text',
              text: `Somebody typed your code there. If you confirm, that account can do all that you can. ${counted(facts.minutes, 'minute')} left.`,
            },
          ],
          actions: [
            {
              kind: 'do',
              label: 'Yes, join it',
              verb: 'link',
              input: { answer: 'yes', account: facts.account },
              style: 'primary',
            },
            { kind: 'do', label: 'No, not mine', verb: 'link', input: { answer: 'no' }, style: 'danger' },
          ],
        },
  'link.claimed': (facts) => ({
    headline: 'The code is right',
    body: [
      {
        kind: 'text',
        text: `Now go back to the account where you got it and type /bsu link there, within ${counted(facts.minutes, 'minute')}. Until you confirm, I do not know you here.`,
      },
    ],
    actions: [],
  }),
  'link.ended': (facts) => ({
    headline: facts.joined ? `${facts.account} is yours now` : `${facts.account} was not joined`,
    tone: facts.joined ? 'good' : 'neutral',
    body: [
      {
        kind: 'text',
        text: facts.joined
          ? 'You have the same roles there, and still one vote on each plan.'
          : 'Nothing was changed. If you did not type the code there, tell an administrator that somebody else had it.',
      },
    ],
    actions: [],
  }),
  'role.lent': (facts) => ({
    headline: `${facts.to} is ${facts.role} for you until ${inWords(facts.until, facts.zone)}`,
    tone: 'good',
    body: [
      {
        kind: 'text',
        text: 'It stays yours too. On each plan there is one vote between you: if you have voted, theirs with this role does not count as well.',
      },
    ],
    actions: [],
  }),
  'role.taken-back': (facts) => ({
    headline: facts.roles.length > 0 ? `Yours alone again: ${facts.roles.join(', ')}` : 'You lend no role here',
    body:
      facts.roles.length > 0
        ? [{ kind: 'text', text: 'Votes that were cast with it stand while you hold the role.' }]
        : [],
    actions: [],
  }),
} satisfies CardsFor<JoiningAnswers>;
