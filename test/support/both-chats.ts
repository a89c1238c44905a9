import { SlackChannel } from '../../src/delivery/channels/slack/channel.ts';
import { slackClient } from '../../src/delivery/channels/slack/client.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { installationStore } from '../../src/store/installations.ts';
import { replayKeyStore } from '../../src/store/replay-keys.ts';
import { storeOf } from '../../src/store/store.ts';
import { subjectFacts } from '../../src/store/subjects.ts';
import { advancePosting, type PostingWork } from '../../src/work/advance-posting.ts';
import { postingPace } from '../../src/work/posting-pace.ts';
import { cardOf } from '../../templates/cards/index.ts';
import type { Desk, Office } from './office.ts';
import { QUIET_YEARS } from './office.ts';
import { SlackOffice } from './slack-office.ts';
import { clicked, typedCommand } from './slack-payloads.ts';
import { sendSigned } from './slack-request.ts';
import { executed, TEAM_CHANNEL, targeted, teamsUser } from './teams-activities.ts';
import { TEAMS_APP } from './teams-connector.ts';
import { TeamsOffice } from './teams-office.ts';
import { teamsChannel } from './teams-room.ts';

export interface Button {
  readonly title: string;
  readonly data: { readonly verb: string; readonly input: Record<string, string>; readonly [more: string]: unknown };
}

/** One migration with a Slack channel and a Teams channel, both platforms' real surfaces and channels, and one database. */
export class BothChats {
  readonly office: Office;
  readonly slack = new SlackOffice();
  readonly teams = new TeamsOffice();
  #work: PostingWork | null = null;

  constructor(office: Office) {
    this.office = office;
  }

  async open(): Promise<this> {
    const { office } = this;
    const { db } = office.connection;
    const installations = installationStore(db);
    const parts = { dispatch: office.dispatch, replayKeys: replayKeyStore(db) };
    await Promise.all([this.slack.open(parts), this.teams.open({ ...parts, installations })]);
    const slack = slackClient({ botToken: 'xoxb-test', apiUrl: this.slack.slack.apiUrl, log: silentLog });
    let time = 0;
    this.#work = {
      transaction: (inside) => office.connection.transaction((trx) => inside(storeOf(trx))),
      channels: [new SlackChannel(async () => slack), teamsChannel(this.teams.teams, installations)],
      draw: async (store, subject, now) => {
        const answer = await subjectFacts(store, subject, now, QUIET_YEARS);
        return answer && cardOf(answer);
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
    const slackRoom = { platform: 'slack', tenant: this.slack.slack.team, channelId: 'C0ROOM' } as const;
    const teamsRoom = { platform: 'teams', tenant: TEAMS_APP.tenant, channelId: TEAM_CHANNEL } as const;
    for (const room of [slackRoom, teamsRoom])
      await office.store.migrations.bind(room, office.migrationId, this.#now());
    return this;
  }

  /** Seats somebody of the office in Slack; their id there is U0 and the name. */
  async inSlack(desk: Desk, name: string): Promise<void> {
    const { team, users } = this.slack.slack;
    const userId = `U0${name.toUpperCase()}`;
    users.set(userId, { id: userId, team_id: team });
    await this.#join(desk, { platform: 'slack', tenant: team, userId, guest: false });
  }

  /** Makes Teams know somebody, as a full member or a guest; nobody of ours yet. */
  visitInTeams(name: string, userRole: 'user' | 'guest' = 'user'): void {
    this.teams.teams.conversations.get(TEAM_CHANNEL)?.members.push({ ...teamsUser(name), userRole });
  }

  async inTeams(desk: Desk, name: string, userRole: 'user' | 'guest' = 'user'): Promise<void> {
    this.visitInTeams(name, userRole);
    const userId = teamsUser(name).aadObjectId;
    await this.#join(desk, { platform: 'teams', tenant: TEAMS_APP.tenant, userId, guest: userRole === 'guest' });
  }

  async #join(desk: Desk, account: Parameters<Office['store']['people']['join']>[1]): Promise<void> {
    const person = await this.office.store.people.byEmail(`${desk}@rehearsal.example`);
    await this.office.store.people.join(person?.id ?? 0, account, this.#now());
  }

  #now(): string {
    return this.office.clock.now().toString();
  }

  /** Everything that is due is posted. */
  async post(): Promise<void> {
    if (!this.#work) throw new Error('Not open.');
    while ((await advancePosting(this.#work)) > 0);
  }

  /** The card as it stands in the Slack channel, and as it stands in the Teams channel, as text. */
  cards(): { slack: string; teams: string } {
    const slack = this.slack.slack.messages.find((message) => message.threadTs === null);
    return { slack: JSON.stringify(slack?.blocks ?? null), teams: JSON.stringify(this.#teamsCard()) };
  }

  #teamsCard(): { actions: (Button & { card?: { actions: Button[] } })[] } | null {
    const root = this.teams.teams
      .shown(TEAM_CHANNEL)
      .find(({ thread, onlyFor }) => thread === null && onlyFor === null);
    const [attachment] = (root?.activity.attachments ?? []) as { content: { actions: Button[] } }[];
    return attachment?.content ?? null;
  }

  /** A button of the card in the Teams channel. */
  button(title: string): Button {
    const found = this.#teamsCard()?.actions.find((action) => action.title === title);
    if (!found) throw new Error(`The card in Teams has no button "${title}".`);
    return found.card?.actions[0] ?? found;
  }

  /** Clicks, posts what is due, and gives the words that the clicker alone sees. */
  async pressInTeams(name: string, { data }: Button, typed: Record<string, string> = {}): Promise<string> {
    const { serviceUrl } = this.teams.teams;
    const { body } = await this.teams.deliver(executed({ ...data, ...typed }, { serviceUrl, from: name }));
    await this.teams.settled();
    await this.post();
    return JSON.stringify(body.value);
  }

  async pressInSlack(name: string, { data }: Button): Promise<string> {
    const userId = `U0${name.toUpperCase()}`;
    await sendSigned(this.slack.url, clicked(data.verb, data.input, { slackUrl: this.slack.slack.url, userId }));
    await this.slack.settled();
    await this.post();
    return JSON.stringify(this.slack.slack.responses.at(-1)?.body);
  }

  async typeInSlack(name: string, text: string): Promise<string> {
    const userId = `U0${name.toUpperCase()}`;
    const answer = await sendSigned(this.slack.url, typedCommand(text, { slackUrl: this.slack.slack.url, userId }));
    return answer.text();
  }

  async typeInTeams(name: string, text: string): Promise<string> {
    const { teams } = this.teams;
    await this.teams.deliver(targeted(text, { serviceUrl: teams.serviceUrl, from: name }));
    await this.teams.settled();
    const mine = teams.messages.filter(({ onlyFor }) => onlyFor === teamsUser(name).id);
    return JSON.stringify(mine.at(-1)?.activity ?? null);
  }

  async close(): Promise<void> {
    await Promise.all([this.slack.close(), this.teams.close()]);
  }
}
