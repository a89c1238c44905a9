import { z } from 'zod';
import { Refusal } from '../../kernel/errors.ts';
import type { UploadedFiles } from '../../ports/files.ts';
import { isServiceUrl } from '../../ports/service-urls.ts';

/** How long the fetching of one file may take, in milliseconds. */
const TIMEOUT = 55_000;
const SHAREPOINT = /\.sharepoint\.com$/;

/** A file in a message: its name, and where it can be fetched. */
export interface SentFile {
  readonly name: string;
  readonly address: string;
}

const download = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().min(1).max(300),
  content: z.object({ downloadUrl: z.string().max(4_000) }),
});
const shared = z.object({ contentType: z.literal('reference'), name: z.string().nullish() });

/** What a person sent with a message. In the personal chat each has an address of its own; elsewhere it lies where we cannot read. */
export function filesSent(attachments: unknown): { readonly files: SentFile[]; readonly elsewhere: boolean } {
  const list = Array.isArray(attachments) ? attachments : [];
  const files = list.flatMap((one) => {
    const { data } = download.safeParse(one);
    return data ? [{ name: data.name, address: data.content.downloadUrl }] : [];
  });
  return { files, elsewhere: list.some((one) => shared.safeParse(one).success) };
}

/** Files that people sent to us in Teams: fetched from SharePoint and nowhere else, and kept where verbs find them. */
export class TeamsUploads {
  readonly #files: Pick<UploadedFiles, 'put'>;
  readonly #origins: readonly string[];

  /** `origins`: stand-ins for SharePoint, in tests. */
  constructor(files: Pick<UploadedFiles, 'put'>, origins: readonly string[]) {
    this.#files = files;
    this.#origins = origins;
  }

  /**
   * The reference under which verbs open it. The address is its own key and lives for minutes: it gets no token of ours, is not
   * followed elsewhere, and is neither kept nor logged. Refuses what is not a file of SharePoint's, and what is too big.
   */
  async take({ name, address }: SentFile): Promise<string> {
    if (!this.#allowed(address)) throw unreadable();
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) }).catch(() => {
      throw unreadable();
    });
    const isPage = response.headers.get('content-type')?.startsWith('text/html');
    if (!response.ok || !response.body || isPage) {
      await response.body?.cancel();
      throw unreadable();
    }
    return this.#files.put(name, response.body);
  }

  #allowed(address: string): boolean {
    if (isServiceUrl(address, this.#origins)) return true;
    if (!URL.canParse(address)) return false;
    const { protocol, hostname, port, username, password } = new URL(address);
    return protocol === 'https:' && port === '' && username + password === '' && SHAREPOINT.test(hostname);
  }
}

function unreadable(): Refusal {
  return new Refusal(
    'file-unreadable',
    'Microsoft Teams did not give Changeover that file, and nothing was stored. Send it again in a minute.',
  );
}
