import { afterEach, beforeEach, expect, it } from 'vitest';
import { ADAPTIVE_CARD_BUDGET } from '../../src/card/adaptive-card.ts';
import { SlackChannel } from '../../src/delivery/channels/slack/channel.ts';
import { slackClient } from '../../src/delivery/channels/slack/client.ts';
import type { Outcome } from '../../src/dispatch.ts';
import type { Account } from '../../src/domain/person.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { installationStore } from '../../src/store/installations.ts';
import { storeOf } from '../../src/store/store.ts';
import { subjectFacts } from '../../src/store/subjects.ts';
import { advancePosting, type PostingWork } from '../../src/work/advance-posting.ts';
import { postingPace } from '../../src/work/posting-pace.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import type { Desk, Office } from '../support/office.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';
import { FakeSlack } from '../support/slack-api.ts';
import { type FakeTeams, TEAMS_APP, type TeamsMember } from '../support/teams-connector.ts';
import { openTeams, TEAMS_ROOM, teamsChannel, teamsMember } from '../support/teams-room.ts';

const QUIET = { source: '', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() };

eachDatabase('one plan in a Slack channel and a Teams channel at once', (database) => {
  let office: Office;
  let slack: FakeSlack;
  let teams: FakeTeams;
  let lead: TeamsMember;
  let work: PostingWork;

  beforeEach(async () => {
    office = await openPlanOffice(database);
    slack = await new FakeSlack().start();
    ({ teams, lead } = await openTeams());
    const { connection, store, migrationId } = office;
    const now = office.clock.now().toString();
    const installations = installationStore(connection.db);
    await installations.seen(
      {
        tenant: TEAMS_APP.tenant,
        conversationId: TEAMS_ROOM,
        kind: 'channel',
        teamId: null,
        serviceUrl: teams.serviceUrl,
      },
      { userId: lead.aadObjectId, teamsId: lead.id },
      now,
    );
    const client = slackClient({ botToken: 'x', apiUrl: slack.apiUrl, log: silentLog });
    let time = 0;
    work = {
      transaction: (inside) => connection.transaction((trx) => inside(storeOf(trx))),
      channels: [new SlackChannel(async () => client), teamsChannel(teams, installations)],
      draw: async (given, subject, at) => {
        const facts = await subjectFacts(given, subject, at, QUIET);
        return facts && cardOf(facts);
      },
      clock: office.clock,
      pace: postingPace(
        () => time,
        async (milliseconds) => {
          time += milliseconds;
        },
      ),
      owner: 'this process',
      log: silentLog,
    };
    for (const [platform, tenant, channelId] of [
      ['slack', slack.team, 'C0ROOM'],
      ['teams', TEAMS_APP.tenant, TEAMS_ROOM],
    ] as const) {
      await store.migrations.bind({ platform, tenant, channelId }, migrationId, now);
    }
  });
  afterEach(async () => {
    await slack.stop();
    await teams.stop();
  });

  const inSlack = (userId: string): Account => ({ platform: 'slack', tenant: slack.team, userId, guest: false });
  const inTeams = (nth: number): Account => ({
    platform: 'teams',
    tenant: TEAMS_APP.tenant,
    userId: teamsMember(nth, '').aadObjectId,
    guest: false,
  });
  const join = async (desk: Desk, account: Account) => {
    const person = await office.store.people.byAccount(office.as(desk).account);
    await office.store.people.join(person?.id ?? 0, account, office.clock.now().toString());
  };
  /** Typed in the channel of the account's platform. */
  const types = (account: Account, text: string): Promise<Outcome> => {
    const channelId = account.platform === 'slack' ? 'C0ROOM' : TEAMS_ROOM;
    return office.dispatch({
      account,
      channel: { platform: account.platform, tenant: account.tenant, channelId },
      text,
    });
  };
  const shownAfter = async () => {
    while ((await advancePosting(work)) > 0);
    expect(slack.messages.filter(({ threadTs }) => threadTs === null)).toHaveLength(1);
    expect(teams.messages.filter(({ thread }) => thread === null)).toHaveLength(1);
    return { slack: JSON.stringify(slack.messages[0]), teams: JSON.stringify(teams.messages[0]?.activity) };
  };

  it('9: both cards change on each vote, wherever it is given', async () => {
    await join('approver', inSlack('U0APPROVER'));
    await join('second-approver', inTeams(7));
    await join('clinical-safety-officer', inTeams(8));
    const code = await submitted(office);
    const first = await shownAfter();
    const votes = [
      [inSlack('U0APPROVER'), 'needs 2 more approvals'],
      [inTeams(7), 'needs 1 more approval'],
      [inTeams(8), 'approved'],
    ] as const;
    expect(first.slack).toContain(code);
    expect(first.teams).toContain(code);
    for (const [account, expected] of votes) {
      expect(await types(account, `approve ${code}`)).toMatchObject({ kind: 'answer' });
      const now = await shownAfter();
      expect(now.slack).toContain(expected);
      expect(now.teams).toContain(expected);
    }
    expect(teams.messages[0]?.edits).toBe(3);
    const [attachment] = (teams.messages[0]?.activity.attachments ?? []) as { content: unknown }[];
    expect(JSON.stringify(attachment?.content).length * 2).toBeLessThanOrEqual(ADAPTIVE_CARD_BUDGET);
  });

  it('9: a person has one vote by however many accounts, and an account that is nobody’s has none', async () => {
    await join('approver', inSlack('U0APPROVER'));
    await join('approver', inTeams(7));
    const code = await submitted(office);
    await types(inSlack('U0APPROVER'), `approve ${code}`);
    // The card once more: the vote is there already.
    expect(await types(inTeams(7), `approve ${code}`)).toMatchObject({ kind: 'answer' });
    expect(await types(inTeams(9), `approve ${code}`)).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'stranger' },
    });
    const now = await shownAfter();
    expect(now.teams).toContain('needs 2 more approvals');
    expect(now.slack).toContain('needs 2 more approvals');
  });
});
