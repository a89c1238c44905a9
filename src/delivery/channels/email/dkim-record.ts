import { createPublicKey } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import type { DoctorCheck } from '../../../domain/status.ts';
import { ConfigurationError } from '../../../kernel/errors.ts';
import { type DkimKey, type DkimSettings, openDkimKey, publicPart } from './dkim-key.ts';

/** The texts (each in its pieces) that DNS has for a name; rejects with an error that has a `code`. */
export type LookUpTexts = (name: string) => Promise<readonly (readonly string[])[]>;

/** The machine's own resolver; it gives up before the doctor does. */
export const lookUpTexts: LookUpTexts = (name) => new Resolver({ timeout: 2_500, tries: 2 }).resolveTxt(name);

const what = 'DKIM';

/** Do the mail servers that look in DNS find the public part of the key that we sign with? */
export async function examineDkim(
  settings: DkimSettings | null,
  lookUp: LookUpTexts = lookUpTexts,
): Promise<readonly DoctorCheck[]> {
  if (settings === null) return [{ what, ok: true, says: 'not set up here: the relay signs the mails', fix: null }];
  try {
    const key = await openDkimKey(settings);
    const problem = await recordProblem(recordName(settings), key, lookUp);
    if (problem !== null) return [{ what, ok: false, ...problem }];
    return [{ what, ok: true, says: `mails are signed, and ${recordName(settings)} confirms the key`, fix: null }];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [
      { what, ok: false, says: error.faults.join('; '), fix: 'The service does not start before that is mended' },
    ];
  }
}

function recordName({ domain, selector }: DkimSettings): string {
  return `${selector}._domainkey.${domain}`;
}

type Problem = { readonly says: string; readonly fix: string };

async function recordProblem(name: string, key: DkimKey, lookUp: LookUpTexts): Promise<Problem | null> {
  const publish = `Publish this TXT record at ${name}: v=DKIM1; k=rsa; p=${publicPart(key)}`;
  let texts: readonly (readonly string[])[];
  try {
    texts = await lookUp(name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    return ABSENT.has(code)
      ? { says: `DNS has no record at ${name}`, fix: publish }
      : {
          says: `DNS could not be asked for ${name} (${code})`,
          fix: 'Look again in a minute, and at this machine’s DNS',
        };
  }
  const records = texts.map((pieces) => tagsOf(pieces.join(''))).filter((tags) => tags.has('p'));
  const [record] = records;
  if (record === undefined) return { says: `the text at ${name} is no DKIM record`, fix: publish };
  if (records.length > 1)
    return { says: `DNS has ${records.length} records at ${name}`, fix: 'Leave only one of them' };
  const unfit = unfitness(record, key);
  return unfit === null ? null : { says: `the record at ${name} ${unfit}`, fix: publish };
}

const ABSENT: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/** RFC 6376, 3.6.1. */
function unfitness(tags: ReadonlyMap<string, string>, key: DkimKey): string | null {
  const allows = (tag: string, value: string) => {
    const given = tags
      .get(tag)
      ?.split(':')
      .map((one) => one.trim());
    return given === undefined || given.includes(value) || given.includes('*');
  };
  if ((tags.get('v') ?? 'DKIM1') !== 'DKIM1' || (tags.get('k') ?? 'rsa') !== 'rsa')
    return 'is not of the kind DKIM1 with RSA';
  if (!allows('h', 'sha256') || !allows('s', 'email')) return 'does not allow sha256 for e-mail';
  const published = (tags.get('p') ?? '').replace(/\s+/g, '');
  if (published === '') return 'has an empty key: it was revoked';
  if (!sameKey(published, key)) return 'has another key than DKIM_KEY_FILE';
  if (tags.get('t')?.split(':').includes('y')) return 'says t=y (a test): mail servers need not heed the signature';
  return null;
}

function tagsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(';').flatMap((tag) => {
      const at = tag.indexOf('=');
      return at === -1 ? [] : [[tag.slice(0, at).trim(), tag.slice(at + 1).trim()] as const];
    }),
  );
}

/** Published as a whole public key, or as an RSA key alone: both are in use. */
function sameKey(published: string, { publicKey }: DkimKey): boolean {
  const der = Buffer.from(published, 'base64');
  return (['spki', 'pkcs1'] as const).some((type) => {
    try {
      return createPublicKey({ key: der, format: 'der', type }).equals(publicKey);
    } catch {
      return false;
    }
  });
}
