import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretBox } from '../../src/kernel/secret-box.ts';

const OLD = '11'.repeat(32);
const NEW = '22'.repeat(32);

describe('secrets that are kept', () => {
  it('come back as they were, and never sealed alike twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (secret) => {
        const box = secretBox([OLD]);
        const [one, other] = [box.seal(secret, 'place'), box.seal(secret, 'place')];
        expect(one).not.toBe(other);
        expect(box.open(one, 'place')).toBe(secret);
      }),
    );
  });

  it('open nowhere else, and not when a letter was changed', () => {
    const box = secretBox([OLD]);
    const sealed = box.seal('xoxb-1', 'slack_workspace T1');
    expect(() => box.open(sealed, 'slack_workspace T2')).toThrow();
    for (let at = sealed.lastIndexOf('.') + 1; at < sealed.length; at++) {
      const letter = sealed[at] === 'A' ? 'B' : 'A';
      const altered = sealed.slice(0, at) + letter + sealed.slice(at + 1);
      // The last letter of base64 may stand for the same bytes.
      const same = Buffer.from(altered.split('.')[2] ?? '', 'base64url').equals(
        Buffer.from(sealed.split('.')[2] ?? '', 'base64url'),
      );
      if (!same) expect(() => box.open(altered, 'slack_workspace T1'), altered).toThrow();
    }
  });

  it('a key is changed by putting the new one in front: the old one still opens, the new one seals', () => {
    const sealed = secretBox([OLD]).seal('xoxb-1', 'here');
    const both = secretBox([NEW, OLD]);
    expect(both.open(sealed, 'here')).toBe('xoxb-1');
    expect(secretBox([NEW]).open(both.seal('xoxb-1', 'here'), 'here')).toBe('xoxb-1');
    expect(() => secretBox([NEW]).open(sealed, 'here')).toThrow('CHANGEOVER_SECRET_KEY');
  });

  it('a code for one purpose is none for another, nor of another key', () => {
    const box = secretBox([OLD]);
    expect(box.sign('install', 'x')).not.toBe(box.sign('page', 'x'));
    expect(box.sign('install', 'x')).not.toBe(secretBox([NEW]).sign('install', 'x'));
  });

  it('a key of another length is refused', () => {
    for (const key of ['', 'short', '11'.repeat(16)]) expect(() => secretBox([key])).toThrow(TypeError);
  });
});
