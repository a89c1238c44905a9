import { afterEach, beforeAll, expect, it } from 'vitest';
import { replayKeyStore } from '../../../src/store/replay-keys.ts';
import { eachDatabase } from '../../support/database.ts';
import { type Office, openOffice } from '../../support/office.ts';
import { SlackOffice } from '../../support/slack-office.ts';
import { clicked, nextTrigger, submitted, typedCommand } from '../../support/slack-payloads.ts';
import { sendSigned } from '../../support/slack-request.ts';

let door: SlackOffice;
afterEach(() => door.close());

interface Said {
  readonly text: string;
  readonly blocks: unknown;
}

eachDatabase('Slack with the real verbs', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);
  const open = async (): Promise<Office> => {
    const office = await openOffice(await database.open());
    const now = office.clock.now().toString();
    const lead = await office.store.people.byEmail('e-rs-lead@rehearsal.example');
    door = await new SlackOffice().open({
      dispatch: office.dispatch,
      replayKeys: replayKeyStore(office.connection.db),
    });
    const tenant = door.slack.team;
    await office.store.people.join(lead?.id ?? 0, { platform: 'slack', tenant, userId: 'U0LEAD', guest: false }, now);
    await office.store.migrations.bind({ platform: 'slack', tenant, channelId: 'C0ROOM' }, office.migrationId, now);
    return office;
  };
  const type = async (text: string, userId = 'U0LEAD', trigger = nextTrigger()): Promise<Said> => {
    const response = await sendSigned(door.url, typedCommand(text, { slackUrl: door.slack.url, userId, trigger }));
    expect(response.status).toBe(200);
    return (await response.json().catch(() => ({ text: '', blocks: [] }))) as Said;
  };

  it('answers from the database in the acknowledgement', async () => {
    await open();
    expect(JSON.stringify(await type('people'))).toContain('The clinical-safety-officer');
  });

  it('9: tells a stranger whom to ask, and gives nothing away', async () => {
    await open();
    const said = JSON.stringify(await type('people', 'U0PLANNER'));
    expect(said).toContain('know you yet');
    expect(said).toContain('/bsu grant');
    expect(said).toContain('slack:T0TEAM:U0PLANNER');
    expect(said).not.toContain('clinical-safety-officer');
  });

  it('the channel tells the migration, and a guest keeps a guest’s roles only', async () => {
    const office = await open();
    const lead = await office.store.people.byEmail('e-rs-lead@rehearsal.example');
    const now = office.clock.now().toString();
    const guest = { platform: 'slack' as const, tenant: door.slack.team, userId: 'U0GUEST', guest: true };
    await office.store.people.join(lead?.id ?? 0, guest, now);
    expect(JSON.stringify(await type('settings'))).toContain('verificationReserveMinutes');
    expect(JSON.stringify(await type('settings', 'U0GUEST'))).not.toContain('verificationReserveMinutes');
  });

  it('grants by a form: what is missing is asked for, and the answer takes the place of the form', async () => {
    const office = await open();
    await type('grant');
    const view = door.slack.called('views.open')[0]?.args.view as { blocks: { block_id: string }[] } & Record<
      string,
      unknown
    >;
    const fields = view.blocks.map((block) => block.block_id).filter((id) => id.startsWith('field:'));
    expect(fields.length).toBeGreaterThan(1);
    expect(JSON.stringify(view)).toContain('bsu-form');
    const body = submitted(view, { name: 'x' }, { slackUrl: door.slack.url, userId: 'U0LEAD' });
    const answer = (await (await sendSigned(door.url, body)).json()) as { response_action: string };
    expect(['errors', 'update']).toContain(answer.response_action);
    expect(await office.store.people.byEmail('x')).toBeNull();
  });

  it('acts once on the same click, across replicas', async () => {
    const office = await open();
    const other = await new SlackOffice().open({
      dispatch: office.dispatch,
      replayKeys: replayKeyStore((await database.another()).db),
    });
    const body = clicked(
      'settings',
      { name: 'batchSize', value: '30' },
      { slackUrl: door.slack.url, userId: 'U0LEAD' },
    );
    await Promise.all([sendSigned(door.url, body), sendSigned(other.url, body)]);
    await Promise.all([door.settled(), other.settled()]);
    const events = await office.connection.db
      .selectFrom('audit_event')
      .selectAll()
      .where('act', '=', 'setting.changed')
      .execute();
    expect(events).toHaveLength(1);
    expect(events[0]?.text).toContain('slack:T0TEAM:U0LEAD');
    await other.close();
  });
});
