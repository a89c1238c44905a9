import type { webApi } from '@slack/bolt';
import { Refusal } from '../../kernel/errors.ts';
import type { UploadedFiles } from '../../ports/files.ts';
import type { Asker } from './incoming.ts';

export const SLACK_FILES_ORIGIN = 'https://files.slack.com';
/** How long the fetching of one file may take, in milliseconds. */
const TIMEOUT = 55_000;

export interface SlackFile {
  readonly name: string;
  readonly user: string;
  readonly address: string;
}

/** Files that people sent to Slack: fetched from Slack's own file host and nowhere else, and kept where verbs find them. */
export class SlackUploads {
  readonly #files: Pick<UploadedFiles, 'put'>;
  readonly #origin: string;

  constructor(files: Pick<UploadedFiles, 'put'>, origin: string) {
    this.#files = files;
    this.#origin = origin;
  }

  /** What Slack says of a file. Refuses what it does not know. */
  async about(client: webApi.WebClient, fileId: string): Promise<SlackFile> {
    const { file } = await client.files.info({ file: fileId }).catch(() => ({ file: undefined }));
    const address = file?.url_private_download ?? file?.url_private;
    if (!file?.user || !address) throw unreadable();
    return { name: file.name ?? 'file.csv', user: file.user, address };
  }

  /** Fetches the asker's own file and gives the reference under which verbs open it. */
  async take(client: webApi.WebClient, asker: Asker, fileId: string): Promise<string> {
    const file = await this.about(client, fileId);
    if (file.user !== asker.userId) {
      throw new Refusal('not-your-file', 'Somebody else sent that file. Send it yourself, and import it then.');
    }
    // The token goes along: no address but Slack's may get it, whatever a payload says.
    if (new URL(file.address).origin !== this.#origin) throw unreadable();
    const response = await fetchWith(client, file.address);
    const isPage = response.headers.get('content-type')?.startsWith('text/html');
    if (!response.ok || !response.body || isPage) {
      await response.body?.cancel();
      throw unreadable();
    }
    return this.#files.put(file.name, response.body);
  }
}

function fetchWith(client: webApi.WebClient, address: string): Promise<Response> {
  const headers = { authorization: `Bearer ${client.token}` };
  return fetch(address, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) }).catch(() => {
    throw unreadable();
  });
}

function unreadable(): Refusal {
  return new Refusal(
    'file-unreadable',
    'Slack did not give Changeover that file, and nothing was stored. Send it again in a minute.',
    {
      fields: { file: 'Slack did not give Changeover this file. Choose it again in a minute.' },
    },
  );
}
