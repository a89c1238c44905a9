import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBootMark } from '../../db/boot-mark.ts';

describe('the mark of the boot under which a folder was open', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'changeover-boot-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const under = (boot: string) => readBootMark(folder, async () => boot);
  async function database(): Promise<void> {
    await mkdir(join(folder, 'database', 'base'), { recursive: true });
    await writeFile(join(folder, 'database', 'base', '1'), 'rows');
  }

  it('23: a new folder is clean; the program’s crash under the same boot is no stop of the machine', async () => {
    const first = await under('a');
    expect(first.unclean).toBe(false);
    await first.begin();
    await database();
    expect((await under('a')).unclean).toBe(false);
  });

  it('23: another boot while it was open is one, until what that asks for is done', async () => {
    await (await under('a')).begin();
    await database();
    const second = await under('b');
    expect(second.unclean).toBe(true);
    await second.end();
    expect((await under('b')).unclean).toBe(true);
    await second.begin();
    expect((await under('b')).unclean).toBe(false);
  });

  it('23: closed cleanly, the machine may be restarted', async () => {
    const mark = await under('a');
    await mark.begin();
    await database();
    await mark.end();
    expect((await under('b')).unclean).toBe(false);
  });

  it('29: a database without a mark, or with one that cannot be read, counts as unclean', async () => {
    await database();
    expect((await under('a')).unclean).toBe(true);
    await writeFile(join(folder, 'boot.json'), 'half a');
    expect((await under('a')).unclean).toBe(true);
  });

  it('23: where a boot has no id its time stands for it, within a minute', async () => {
    await (await under('up since 1000')).begin();
    expect((await under('up since 1030')).unclean).toBe(false);
    expect((await under('up since 1100')).unclean).toBe(true);
  });

  it('23: this machine’s own boot is told, and stays the same', async () => {
    const mark = await readBootMark(folder);
    await mark.begin();
    const { boot } = JSON.parse(await readFile(join(folder, 'boot.json'), 'utf8')) as { boot: string };
    expect(boot.length).toBeGreaterThan(8);
    expect((await readBootMark(folder)).unclean).toBe(false);
  });
});
