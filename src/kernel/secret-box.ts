import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Seals what must be kept but not be readable in the database, and opens it again. */
export interface SecretBox {
  /** The name of the key that seals now: eight hexadecimal digits. */
  readonly keyId: string;
  /** Bound to `place`: what was sealed for one row opens in no other. */
  seal(secret: string, place: string): string;
  /** Throws when no key of this box sealed it, or it was sealed for another place or altered. */
  open(sealed: string, place: string): string;
  /** A code that only who holds the key can make: 64 hexadecimal digits. For one purpose, named. */
  sign(purpose: string, text: string): string;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM. The first key seals; all of them open, so that a key is changed by putting the new one in front, and taking the
 * old one away once nothing is sealed with it any more.
 *
 * Keys: 32 bytes each, as 64 hexadecimal digits or base64. Throws a TypeError for anything else.
 */
export function secretBox(keys: readonly string[]): SecretBox {
  const known = keys.map(keyFrom);
  const [current] = known;
  if (current === undefined) throw new TypeError('A secret box needs a key.');
  return {
    keyId: current.id,
    seal(secret, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.sealing, nonce).setAAD(Buffer.from(place));
      const bytes = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${current.id}.${bytes.toString('base64url')}`;
    },
    open(sealed, place) {
      const [version, id, text = ''] = sealed.split('.');
      const key = known.find((each) => each.id === id);
      if (version !== 'v1' || !key) {
        throw new Error('A stored secret was sealed with a key that CHANGEOVER_SECRET_KEY does not have.');
      }
      const bytes = Buffer.from(text, 'base64url');
      const end = bytes.length - TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', key.sealing, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(end));
      return decipher.update(bytes.subarray(NONCE_BYTES, end), undefined, 'utf8') + decipher.final('utf8');
    },
    sign: (purpose, text) => createHmac('sha256', current.signing).update(`${purpose}\n${text}`).digest('hex'),
  };
}

interface Key {
  readonly id: string;
  readonly sealing: Buffer;
  readonly signing: Buffer;
}

function keyFrom(text: string): Key {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES) throw new TypeError('A secret key is 32 bytes: 64 hexadecimal digits, or base64.');
  // Each use has its own key, and the name tells nothing of any of them.
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', bytes, '', `changeover ${use}`, KEY_BYTES));
  return {
    id: createHash('sha256').update(derived('name')).digest('hex').slice(0, 8),
    sealing: derived('seal'),
    signing: derived('sign'),
  };
}
