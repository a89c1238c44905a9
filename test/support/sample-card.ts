import type { Card } from '../../src/card/card.ts';

/** The plan's card of the design, as a neutral card. */
export const planCard: Card = {
  headline: 'Plan 12 · Rehearsal PAS migration · needs 1 more approval',
  code: 'K7Q-4F2',
  body: [
    { kind: 'text', text: '248 services at 3 sites move from 200000000220 to 200000001337', weight: 'strong' },
    { kind: 'list', items: ['City Hospital 131', 'General Hospital 74', 'Park Hospital 43'] },
    {
      kind: 'facts',
      facts: [
        { label: 'Outage', value: 'Tuesday 8 December 2026, 5pm to 11pm' },
        { label: 'Window', value: 'Tuesday 8 December 2026, 8:15pm to 11:30pm' },
      ],
    },
    { kind: 'rule' },
    { kind: 'progress', done: 164, of: 248, text: 'about 6 minutes left' },
    { kind: 'table', columns: ['Vote', 'Time'], rows: [['approver', '7:02pm']] },
  ],
  actions: [
    { kind: 'do', label: 'Approve', verb: 'approve', input: { code: 'K7Q-4F2' }, style: 'primary' },
    {
      kind: 'do',
      label: 'Abort',
      verb: 'abort',
      input: {},
      style: 'danger',
      confirm: { title: 'Abort this run?', text: '84 services stay on the old system.', yes: 'Abort' },
    },
    { kind: 'link', label: 'See all 248', url: 'https://changeover.example/plans/12' },
  ],
  last: 'an approver approved K7Q-4F2 at 7:10pm',
};
