import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../src/card/form.ts';
import type { Answer } from '../../../src/command.ts';
import type { Outcome, Request } from '../../../src/dispatch.ts';
import { Refusal } from '../../../src/kernel/errors.ts';
import { SlackOffice } from '../../support/slack-office.ts';
import { clicked, happened, submitted, typedCommand } from '../../support/slack-payloads.ts';
import { sendSigned } from '../../support/slack-request.ts';

const form: Form = {
  verb: 'import',
  title: 'Read a file',
  given: {},
  fields: [{ name: 'file', label: 'CSV file', kind: 'file', optional: false }],
  submit: 'Continue',
};
const answered: Outcome = {
  kind: 'answer',
  verb: 'help',
  answer: { code: 'help', facts: { verbs: [], contacts: [] }, next: [] } as unknown as Answer,
  auditSeq: null,
};

describe('1: files that come by Slack', () => {
  let office: SlackOffice;
  let asked: Request[];
  let where: { slackUrl: string };

  beforeEach(async () => {
    asked = [];
    office = await new SlackOffice().open({
      dispatch: async (request) => {
        asked.push(request);
        if (request.account.userId === 'U0GUEST')
          return { kind: 'refusal', verb: 'import', refusal: new Refusal('role', 'No.') };
        return request.input?.file === undefined ? { kind: 'form', form } : answered;
      },
    });
    where = { slackUrl: office.slack.url };
    office.slack.addFile('F0CSV', 'U0PLANNER', 'services.csv', 'SERVICE_ID\n7012345\n');
  });
  afterEach(() => office.close());

  const share = async (fileId: string, userId: string) => {
    const body = happened({ type: 'file_shared', file_id: fileId, user_id: userId, channel_id: 'C0ROOM' });
    await sendSigned(office.url, body, { contentType: 'application/json' });
    await office.settled();
  };
  const chooseFile = async (id: string) => {
    await sendSigned(office.url, typedCommand('import', where));
    const view = office.slack.called('views.open')[0]?.args.view as Record<string, unknown>;
    const state = { type: 'file_input', files: [{ id }] };
    return (await sendSigned(office.url, submitted(view, { file: state }, where))).json();
  };

  it('a CSV in a message is offered to its sender alone, and imported by the button', async () => {
    await share('F0CSV', 'U0PLANNER');
    expect(office.slack.messages).toMatchObject([{ channel: 'C0ROOM', onlyFor: 'U0PLANNER' }]);
    await sendSigned(office.url, clicked('import', { file: 'F0CSV' }, where));
    await office.settled();
    expect(asked.at(-1)).toMatchObject({ verb: 'import', input: { file: 'file-0' } });
    expect(office.kept.get('file-0')).toBe('services.csv: SERVICE_ID\n7012345\n');
  });

  it('11: a calendar in a message is offered to be kept', async () => {
    office.slack.addFile('F0ICS', 'U0PLANNER', 'e-rs.ics', 'BEGIN:VCALENDAR');
    await share('F0ICS', 'U0PLANNER');
    expect(asked.at(-1)).toMatchObject({ verb: 'outage', input: { what: 'calendar' } });
    expect(office.slack.messages).toMatchObject([{ channel: 'C0ROOM', onlyFor: 'U0PLANNER' }]);
    await sendSigned(office.url, clicked('outage', { what: 'calendar', file: 'F0ICS' }, where));
    await office.settled();
    expect(asked.at(-1)).toMatchObject({ verb: 'outage', input: { file: 'file-0' } });
  });

  it('nothing is offered to who may not import, nor for other files, nor for our own', async () => {
    office.slack.addFile('F0GUEST', 'U0GUEST', 'services.csv', 'x');
    office.slack.addFile('F0PICTURE', 'U0PLANNER', 'screen.png', 'x');
    office.slack.addFile('F0OURS', office.slack.bot, 'gaps.csv', 'x');
    await share('F0GUEST', 'U0GUEST');
    await share('F0PICTURE', 'U0PLANNER');
    await share('F0OURS', office.slack.bot);
    expect(office.slack.messages).toEqual([]);
  });

  it('a file chosen in the form is fetched and handed to the verb', async () => {
    expect(await chooseFile('F0CSV')).toMatchObject({ response_action: 'update' });
    expect(asked.at(-1)).toMatchObject({ input: { file: 'file-0' } });
  });

  it("29: somebody else's file is not taken", async () => {
    office.slack.addFile('F0OTHER', 'U0LEAD', 'services.csv', 'x');
    await sendSigned(office.url, clicked('import', { file: 'F0OTHER' }, where));
    await office.settled();
    expect(office.slack.responses[0]?.body.text).toContain('Somebody else sent that file');
    expect(asked).toEqual([]);
  });

  it('29: a file is fetched from no other host, and never by a redirect', async () => {
    const other = new SlackOffice();
    await other.slack.start();
    office.slack.addFile('F0FAR', 'U0PLANNER', 'services.csv', 'x', `${other.slack.url}/files/F0FAR`);
    office.slack.addFile('F0GONE', 'U0PLANNER', 'services.csv', 'x', `${office.slack.url}/files/none`);
    for (const id of ['F0FAR', 'F0GONE']) {
      expect(await chooseFile(id)).toMatchObject({
        response_action: 'errors',
        errors: { 'field:file': expect.any(String) },
      });
    }
    expect(office.kept.size).toBe(0);
    await other.slack.stop();
  });
});
