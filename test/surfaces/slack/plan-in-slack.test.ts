import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { SlackChannel } from '../../../src/delivery/channels/slack/channel.ts';
import { slackClient } from '../../../src/delivery/channels/slack/client.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { replayKeyStore } from '../../../src/store/replay-keys.ts';
import { storeOf } from '../../../src/store/store.ts';
import { subjectFacts } from '../../../src/store/subjects.ts';
import { advancePosting, type PostingWork } from '../../../src/work/advance-posting.ts';
import { postingPace } from '../../../src/work/posting-pace.ts';
import { cardOf } from '../../../templates/cards/index.ts';
import { eachDatabase } from '../../support/database.ts';
import type { Office } from '../../support/office.ts';
import { openPlanOffice, submitted } from '../../support/plan-office.ts';
import { SlackOffice } from '../../support/slack-office.ts';
import { clicked } from '../../support/slack-payloads.ts';
import { sendSigned } from '../../support/slack-request.ts';

const VOTERS = {
  approver: 'U0APPROVER',
  'second-approver': 'U0SECOND',
  'clinical-safety-officer': 'U0SAFETY',
  planner: 'U0PLANNER',
} as const;
const HOLIDAYS = { source: 'a test', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() };

interface Button {
  readonly text: { readonly text: string };
  readonly value?: string;
}

eachDatabase('a plan in a Slack channel', (database) => {
  let office: Office;
  let door: SlackOffice;
  let work: PostingWork;
  /** What a verb waits for before it begins: a database that is slow just now. */
  let gate: Promise<void>;
  /** The pace's clock, in milliseconds. */
  let at: number;

  beforeAll(async () => void (await database.open()), 120_000);
  beforeEach(async () => {
    office = await openPlanOffice(database);
    const replayKeys = replayKeyStore(office.connection.db);
    gate = Promise.resolve();
    door = await new SlackOffice().open({
      dispatch: (request) => gate.then(() => office.dispatch(request)),
      replayKeys,
      acknowledgeWithin: 800,
    });
    const since = office.clock.now().toString();
    const tenant = door.slack.team;
    await office.store.migrations.bind({ platform: 'slack', tenant, channelId: 'C0ROOM' }, office.migrationId, since);
    for (const [desk, userId] of Object.entries(VOTERS)) {
      const person = await office.store.people.byEmail(`${desk}@rehearsal.example`);
      await office.store.people.join(person?.id ?? 0, { platform: 'slack', tenant, userId, guest: false }, since);
      door.slack.users.set(userId, { id: userId, team_id: tenant });
    }
    at = 0;
    work = {
      transaction: (inside) => office.connection.transaction((trx) => inside(storeOf(trx))),
      channels: [
        new SlackChannel(async () => slackClient({ botToken: 'xoxb-test', apiUrl: door.slack.apiUrl, log: silentLog })),
      ],
      draw: async (store, subject, now) => {
        const answer = await subjectFacts(store, subject, now, HOLIDAYS);
        return answer && cardOf(answer);
      },
      clock: office.clock,
      pace: postingPace(
        () => at,
        async (milliseconds) => {
          at += milliseconds;
        },
      ),
      owner: 'this process',
      log: silentLog,
    };
  });
  afterEach(() => door.close());

  const post = async () => {
    while ((await advancePosting(work)) > 0);
  };
  const card = () => door.slack.messages.find((message) => message.threadTs === null);
  const buttonOf = (label: string): Button | undefined => {
    const elements = (card()?.blocks ?? []).flatMap((block) => (block.elements ?? []) as Button[]);
    return elements.find((element) => element.value !== undefined && element.text.text === label);
  };
  const press = async (button: Button | undefined, userId: string): Promise<string> => {
    const { verb, input } = JSON.parse(button?.value ?? '{}') as { verb: string; input: Record<string, string> };
    await sendSigned(door.url, clicked(verb, input, { slackUrl: door.slack.url, userId }));
    await door.settled();
    await post();
    return String(door.slack.responses.at(-1)?.body.text);
  };

  it('8, 9: the posted card’s own button votes, and the one card shows it everywhere', async () => {
    const code = await submitted(office);
    await post();
    expect(card()?.text).toContain(code);
    expect(await press(buttonOf('Approve'), VOTERS.approver)).toContain('needs 2 more approvals');
    expect(await press(buttonOf('Approve'), VOTERS['second-approver'])).toContain('1 more');
    expect(await press(buttonOf('Approve'), VOTERS['clinical-safety-officer'])).toContain('approved');
    expect(card()?.text).toContain('approved');
    expect(buttonOf('Approve')).toBeUndefined();
    const cards = door.slack.messages.filter((message) => message.threadTs === null);
    expect(cards).toHaveLength(1);
    expect(door.slack.messages.filter((message) => message.threadTs === cards[0]?.ts).length).toBeGreaterThan(0);
  });

  it('8, 9: with every request sent twice, late answers, a lost posting and "slow down" it is one card, and each vote counts once', async () => {
    const again = async () => {
      at += 60_000;
      await office.connection.db.updateTable('posting').set({ due_at: '2026-01-01T00:00:00Z' }).execute();
      await post();
    };
    await submitted(office);
    door.slack.fail('chat.postMessage', { kind: 'limited', seconds: 30 }, { kind: 'lost' });
    await post();
    expect(door.slack.messages).toEqual([]);
    await again();
    await again();
    for (const [desk, left] of [
      ['approver', 'needs 2 more approvals'],
      ['second-approver', 'needs 1 more approval'],
      ['clinical-safety-officer', 'approved'],
    ] as const) {
      const slow = Promise.withResolvers<void>();
      gate = slow.promise;
      door.slack.fail('chat.update', { kind: 'lost' }, { kind: 'limited', seconds: 30 });
      const { verb, input } = JSON.parse(buttonOf('Approve')?.value ?? '{}') as {
        verb: string;
        input: Record<string, string>;
      };
      const body = clicked(verb, input, { slackUrl: door.slack.url, userId: VOTERS[desk] });
      const acknowledged = await Promise.all([sendSigned(door.url, body), sendSigned(door.url, body)]);
      expect(acknowledged.map(({ status }) => status)).toEqual([200, 200]);
      slow.resolve();
      await door.settled();
      const said = door.slack.responses.map((each) => String(each.body.text));
      expect(said.filter((text) => text.includes(left))).toHaveLength(1);
      for (let round = 0; round < 4; round++) await again();
      expect(card()?.text).toContain(left);
    }
    expect(await office.store.votes.of(1)).toHaveLength(3);
    const cards = door.slack.messages.filter((message) => message.threadTs === null);
    expect(cards).toHaveLength(1);
    const calls = door.slack.messages.filter((message) => message.threadTs !== null).map(({ text }) => text);
    expect(new Set(calls).size).toBe(calls.length);
  });

  it('8, 9: the author and a stale card are refused, to the asker alone', async () => {
    await submitted(office);
    await post();
    const old = buttonOf('Approve');
    expect(await press(old, VOTERS.planner)).toContain('You wrote this plan');
    await office.as('planner').done('plan 1 remove=7000013 --save');
    expect(await press(old, VOTERS.approver)).toContain('That card showed');
    expect(await office.store.votes.of(1)).toEqual([]);
  });
});
