import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { BothChats } from '../../support/both-chats.ts';
import { eachDatabase } from '../../support/database.ts';
import { openPlanOffice, submitted } from '../../support/plan-office.ts';
import { executed, teamsUser } from '../../support/teams-activities.ts';
import { TEAMS_APP } from '../../support/teams-connector.ts';

eachDatabase('one plan in a Slack channel and a Teams channel', (database) => {
  let chats: BothChats;

  beforeAll(async () => void (await database.open()), 120_000);
  beforeEach(async () => {
    chats = await new BothChats(await openPlanOffice(database)).open();
    await chats.inSlack('approver', 'first');
    await chats.inTeams('second-approver', 'second');
    await chats.inTeams('clinical-safety-officer', 'safety');
    await chats.inTeams('planner', 'author');
    // The Teams channel is known once somebody has spoken there.
    await chats.typeInTeams('author', 'help');
  });
  afterEach(() => chats.close());

  const votes = () => chats.office.store.votes.of(1);
  const refresh = (subject: string) => ({ title: '', data: { verb: 'refresh', input: { subject } } });
  const both = (words: string) => {
    const { slack, teams } = chats.cards();
    expect(slack).toContain(words);
    expect(teams).toContain(words);
  };

  it('8, 9: both cards change on each vote, wherever it is cast', async () => {
    const code = await submitted(chats.office);
    await chats.post();
    both(code);
    const approve = chats.button('Approve');
    expect(approve.data).toMatchObject({ verb: 'approve', input: { code } });
    both('needs 3 more approvals');
    await chats.pressInSlack('first', approve);
    both('needs 2 more approvals');
    expect(await chats.pressInTeams('second', chats.button('Approve'))).toContain('1 more');
    both('needs 1 more approval');
    await chats.pressInTeams('safety', chats.button('Approve'));
    expect(chats.cards().slack).not.toContain('Approve');
    expect(chats.cards().teams).not.toContain('Approve');
    expect(await votes()).toHaveLength(3);
    const roots = chats.teams.teams.messages.filter(({ thread, onlyFor }) => thread === null && onlyFor === null);
    expect(roots).toHaveLength(1);
  });

  it('9: two accounts of one person, joined by a code from one typed in the other, have one vote', async () => {
    chats.visitInTeams('firstagain');
    await submitted(chats.office);
    await chats.post();
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await chats.typeInSlack('first', 'link'))?.[0] ?? '';
    expect(await chats.typeInTeams('firstagain', `link ${code}`)).toContain('link');
    const account = `teams:${TEAMS_APP.tenant}:${teamsUser('firstagain').aadObjectId}`;
    await chats.pressInSlack('first', { title: '', data: { verb: 'link', input: { answer: 'yes', account } } });
    await chats.pressInSlack('first', chats.button('Approve'));
    expect(await votes()).toHaveLength(1);
    await chats.pressInTeams('firstagain', chats.button('Approve'));
    expect(await votes()).toHaveLength(1);
    both('needs 2 more approvals');
  });

  it('9: two accounts that are not joined cannot both vote: without a grant there is no vote', async () => {
    chats.visitInTeams('firstagain');
    await submitted(chats.office);
    await chats.post();
    await chats.pressInSlack('first', chats.button('Approve'));
    const said = await chats.pressInTeams('firstagain', chats.button('Approve'));
    expect(said).toContain('know you yet');
    expect(said).toContain(`teams:${TEAMS_APP.tenant}:${teamsUser('firstagain').aadObjectId}`);
    expect(await votes()).toHaveLength(1);
    both('needs 2 more approvals');
  });

  it('9: a guest is refused with the reason, whatever role they were given', async () => {
    await chats.inTeams('approver', 'guestly', 'guest');
    await submitted(chats.office);
    await chats.post();
    const said = await chats.pressInTeams('guestly', chats.button('Approve'));
    expect(said).toContain('a guest can only be a tester or an observer');
    expect(await votes()).toEqual([]);
  });

  it('each person is shown their own buttons: votes for whoever may vote, and taking one back', async () => {
    await submitted(chats.office);
    await chats.post();
    const titles = async (name: string) => {
      const card = JSON.parse(await chats.pressInTeams(name, refresh('plan:1'))) as { actions: { title: string }[] };
      return card.actions.map(({ title }) => title);
    };
    expect(await titles('second')).toEqual(expect.arrayContaining(['Approve', 'Reject…']));
    expect(await titles('author')).not.toEqual(expect.arrayContaining(['Approve']));
    expect(await titles('author')).not.toEqual(expect.arrayContaining(['Reject…']));
    await chats.pressInTeams('second', chats.button('Approve'));
    const after = await titles('second');
    expect(after).toContain('Take my vote back');
    expect(after).not.toContain('Approve');
    chats.visitInTeams('nobody');
    expect(await chats.pressInTeams('nobody', refresh('plan:1'))).toContain('know you yet');
    expect(await chats.pressInTeams('second', refresh('plan:999'))).toContain('no such card');
    expect(await chats.pressInTeams('second', refresh('plan:1; drop'))).toContain('no such card');
  });

  it('8: a reason is typed beside the button; an old card and the author are refused, and nothing typed is lost', async () => {
    await submitted(chats.office);
    await chats.post();
    const [reject, approve] = [chats.button('Reject…'), chats.button('Approve')];
    expect(await chats.pressInTeams('author', approve)).toContain('You wrote this plan');
    const short = await chats.pressInTeams('second', reject, { 'field.reason': 'no' });
    expect(short).toContain('"value":"no"');
    expect(short).toContain('✖ Write at least 3 characters.');
    await chats.office.as('planner').done('plan 1 remove=7000013 --save');
    await chats.post();
    const stale = await chats.pressInTeams('second', reject, { 'field.reason': 'too early' });
    expect(stale).toContain('That card showed');
    expect(stale).toContain('too early');
    expect(await votes()).toEqual([]);
  });

  it('acts once on a click that reaches two replicas', async () => {
    await submitted(chats.office);
    await chats.post();
    const other = await new BothChats(chats.office).open();
    other.visitInTeams('second');
    const approve = chats.button('Approve');
    const activity = (serviceUrl: string) => executed(approve.data, { serviceUrl, from: 'second', id: 'f:twice' });
    const answers = await Promise.all(
      [chats, other].map(({ teams }) => teams.deliver(activity(teams.teams.serviceUrl))),
    );
    expect(answers.map(({ body }) => body.type).sort()).toEqual([
      'application/vnd.microsoft.activity.message',
      'application/vnd.microsoft.card.adaptive',
    ]);
    expect(await votes()).toHaveLength(1);
    await other.close();
  });
});
