import { mkdtemp, readdir, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/kernel/canonical.ts';
import { uploadFolder } from '../../src/ports/files.ts';

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'changeover-uploads-'));
  return { folder, files: uploadFolder(join(folder, 'uploads')) };
}

describe('uploaded files', () => {
  it('are given back as they came, with name, size and hash, as often as asked', async () => {
    const { files } = await open();
    const ref = await files.put('C:\\Users\\me\\EBSX05 (1).csv', pieces('one,', 'two'));
    const file = await files.open(ref);
    expect(file).toMatchObject({ name: 'EBSX05 (1).csv', size: 7, sha256: sha256('one,two') });
    for (let turn = 0; turn < 2; turn++) {
      const parts: Uint8Array[] = [];
      for await (const part of file.bytes()) parts.push(part);
      expect(Buffer.concat(parts).toString()).toBe('one,two');
    }
  });

  it('have references that nobody takes for a number', async () => {
    const { files } = await open();
    expect(await files.put('a.csv', pieces('x'))).toMatch(/^file-[a-p]{32}$/);
  });

  it.each(['../uploads', 'file-', '/etc/passwd', 'file-abcdefghijklmnopabcdefghijklmnop'])(
    'refuse the reference %j',
    async (ref) => {
      const { files } = await open();
      await expect(files.open(ref)).rejects.toMatchObject({ code: 'file-gone' });
      await files.remove(ref);
    },
  );

  it('leave nothing behind when the bytes stop half-way', async () => {
    const { folder, files } = await open();
    const broken = async function* () {
      yield new TextEncoder().encode('half');
      throw new Error('the line went dead');
    };
    await expect(files.put('a.csv', broken())).rejects.toThrow('the line went dead');
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
  });

  it('are swept after a day', async () => {
    const { folder, files } = await open();
    const [old, young] = [await files.put('a.csv', pieces('x')), await files.put('b.csv', pieces('y'))];
    await utimes(join(folder, 'uploads', old), 0, 0);
    expect(await files.sweep()).toBe(1);
    await expect(files.open(old)).rejects.toMatchObject({ code: 'file-gone' });
    expect((await files.open(young)).name).toBe('b.csv');
  });
});
