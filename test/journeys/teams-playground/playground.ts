import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TEAMS_APP } from '../../support/teams-connector.ts';

/** Microsoft's stand-in for the Teams client, fetched for the evaluation that its licence allows; never part of the product. */
export const PLAYGROUND = '@microsoft/m365agentsplayground@0.2.28';

export const PLAYGROUND_CHANNEL = '19:migration@thread.tacv2';
/** Whose browser it is, as Entra knows them. */
export const READER = '00000000-0000-4000-8000-0000000000aa';

export interface Playground {
  /** The page; the Bot Connector that it plays stands at the same origin. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the playground that was installed into this folder; what it gets from its page goes to `botUrl`. */
export async function startPlayground(folder: string, botUrl: string, port: number): Promise<Playground> {
  await writeFile(join(folder, '.m365agentsplayground.yml'), team());
  const url = `http://127.0.0.1:${port}`;
  const program = join(folder, 'node_modules', '@microsoft', 'm365agentsplayground', 'cli.js');
  const child = spawn(
    process.execPath,
    [
      program,
      '-e',
      botUrl,
      '-c',
      'msteams',
      '-p',
      String(port),
      '--service-url',
      `${url}/_connector`,
      '--disable-telemetry',
    ],
    { cwd: folder, env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) if (/Listening on|localhost/.test(line)) break;
  child.stdout.resume();
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Its configuration wants exactly five people besides the reader. */
function team(): string {
  const others = ['one', 'two', 'three', 'four', 'five'].map((name, at) =>
    person(`29:${name}`, `00000000-0000-4000-8000-00000000000${at}`, name),
  );
  const config = {
    version: '0.1.1',
    tenantId: TEAMS_APP.tenant,
    bot: { id: `28:${TEAMS_APP.appId}`, name: 'Changeover' },
    currentUser: person('29:reader', READER, 'reader'),
    users: others,
    personalChat: { id: 'a:personal' },
    groupChat: { id: '19:group@thread.v2', name: 'Group chat' },
    team: {
      id: '19:team@thread.tacv2',
      name: 'Migration team',
      aadGroupId: '00000000-0000-4000-8000-0000000000cc',
      channels: [{ id: PLAYGROUND_CHANNEL, name: 'PAS migration' }],
    },
  };
  // JSON is YAML too.
  return JSON.stringify(config);
}

function person(id: string, aadObjectId: string, name: string) {
  const address = `${name}@rehearsal.example`;
  return {
    id,
    name: `Person ${name}`,
    userPrincipleName: address,
    aadObjectId,
    givenName: 'Person',
    surname: name,
    email: address,
  };
}
