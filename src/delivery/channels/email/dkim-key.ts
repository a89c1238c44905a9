import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../../../kernel/errors.ts';

export interface DkimSettings {
  readonly domain: string;
  readonly selector: string;
  /** The private key's file, PEM. */
  readonly keyFile: string;
}

export interface DkimKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const LEAST_BITS = 2048;
const MAKE_ONE = 'Make one with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out FILE`';

/**
 * The key that mails are signed with, proven: a sample is signed with it and checked with its own public part. Throws a
 * ConfigurationError that says what to do: a key that mail libraries cannot use would let every mail go out unsigned.
 */
export async function openDkimKey({ keyFile }: DkimSettings): Promise<DkimKey> {
  const privateKey = privateKeyIn(await contentOf(keyFile), keyFile);
  const kind = privateKey.asymmetricKeyType ?? 'unknown';
  if (kind !== 'rsa')
    throw fault(keyFile, `is a key of the kind ${kind}; most mail servers check RSA only. ${MAKE_ONE}`);
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < LEAST_BITS) throw fault(keyFile, `has ${bits} bits, and less than ${LEAST_BITS} is not safe. ${MAKE_ONE}`);
  const publicKey = createPublicKey(privateKey);
  if (!proven(privateKey, publicKey)) {
    throw fault(keyFile, `makes signatures that its own public key does not confirm: the file is damaged. ${MAKE_ONE}`);
  }
  return { privateKey, publicKey };
}

/** What stands in the DNS record: the public key in DER, base64. */
export function publicPart({ publicKey }: Pick<DkimKey, 'publicKey'>): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}

async function contentOf(keyFile: string): Promise<string> {
  try {
    return await readFile(keyFile, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw fault(keyFile, `cannot be read (${code}). Check the path, and that the service’s user may read it`);
  }
}

function privateKeyIn(pem: string, keyFile: string): KeyObject {
  if (/-----BEGIN (?:RSA )?PUBLIC KEY/.test(pem)) {
    throw fault(keyFile, 'holds the public key. The private one belongs here, the public one in DNS');
  }
  try {
    return createPrivateKey(pem);
  } catch {
    throw fault(keyFile, `holds no private key in PEM form without a passphrase. ${MAKE_ONE}`);
  }
}

function proven(privateKey: KeyObject, publicKey: KeyObject): boolean {
  const sample = Buffer.from('Changeover signs this sample');
  try {
    return verify('sha256', sample, publicKey, sign('sha256', sample, privateKey));
  } catch {
    return false;
  }
}

function fault(keyFile: string, what: string): ConfigurationError {
  return new ConfigurationError([`DKIM_KEY_FILE: ${keyFile} ${what}`]);
}
