import { expect, it } from 'vitest';
import { type BoardToShow, boardParts } from '../../templates/pages/board-view.ts';

const BOARD: BoardToShow = {
  name: 'Rehearsal PAS migration',
  where: ['Running plan 12 · 164 of 248'],
  blocks: [],
  hours: { verdict: 'open', text: 'Bulk updates are open' },
  sections: [
    {
      key: 'run',
      title: 'The run',
      verb: '/bsu run',
      empty: '',
      chart: null,
      card: {
        headline: 'Running plan 12',
        body: [],
        actions: [
          { kind: 'do', label: 'Pause', verb: 'pause', input: {} },
          { kind: 'do', label: 'Agree to the undo', verb: 'undo', input: { what: 'agree' } },
          { kind: 'link', label: 'A page', url: 'https://changeover.example/notices/1' },
        ],
      },
    },
    { key: 'record', title: 'The record', verb: '/bsu audit', empty: 'Nothing yet.', chart: null, card: null },
  ],
  week: null,
  people: [
    {
      id: 1,
      name: 'A planner',
      roleWords: ['planner'],
      waits: ['Plan 1: submit it, /bsu submit'],
      barred: [],
      offers: [],
    },
    { id: 2, name: 'An observer', roleWords: ['observer'], waits: [], barred: [], offers: [] },
  ],
};

it('29: only what the person may use is drawn as a button, and links stay in chat', () => {
  const run = boardParts(BOARD, 2, (verb) => verb === 'pause').find(({ key }) => key === 'run');
  expect(run).toMatchObject({ actions: [{ label: 'Pause' }] });
});

it('what waits is each person’s own, and only that part differs between two people with the same verbs', () => {
  const [planner, observer] = [1, 2].map((id) => boardParts(BOARD, id, () => true));
  expect(planner?.[0]).toMatchObject({ key: 'now', mine: ['Plan 1: submit it, /bsu submit'] });
  const differing = planner?.filter((part, at) => part.version !== observer?.[at]?.version).map(({ key }) => key);
  expect(differing).toEqual(['now']);
});

it('29: what would do nothing for this person now is no button, and the reason is said once', () => {
  const barred = [
    { part: 'run', verb: 'undo', input: { what: 'agree' }, why: 'You asked for it.' },
    { part: 'run', verb: 'pause', input: {}, why: 'You asked for it.' },
    { part: 'run', verb: 'undo', input: { what: null }, why: 'never said: no such button is there' },
    { part: 'record', verb: 'pause', input: {}, why: 'another part' },
  ];
  const offers = [{ part: 'run', label: 'Take it back', verb: 'unvote', input: {} }];
  const board = { ...BOARD, people: BOARD.people.map((one) => ({ ...one, barred, offers })) };
  const run = boardParts(board, 1, () => true).find(({ key }) => key === 'run');
  expect(run).toMatchObject({
    actions: [{ label: 'Take it back', verb: 'unvote' }],
    notNow: [{ what: 'Pause, Agree to the undo', why: 'You asked for it.' }],
  });
  // A verb that one's roles do not have is no button, and needs no reason.
  expect(boardParts(board, 1, () => false).find(({ key }) => key === 'run')).toMatchObject({ actions: [], notNow: [] });
});
