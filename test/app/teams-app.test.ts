import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { teamsAppPackage, teamsAppSettings } from '../../src/app/teams-app.ts';
import { type TeamsAppFiles, teamsAppFaults } from '../../src/app/teams-app-faults.ts';
import { teamsManifest } from '../../templates/teams-app/manifest.ts';
import { pixelsOf } from '../support/png.ts';

const APP_ID = '11111111-2222-3333-4444-555555555555';
const settings = { appId: APP_ID, publicUrl: 'https://bsu.example.nhs.uk', version: '1.0.0' };

const packed = async () => unzipSync(await teamsAppPackage(settings));
const fileOf = async (name: string) => (await packed())[name] ?? new Uint8Array();

async function files(change: (manifest: Record<string, unknown>) => void = () => {}): Promise<TeamsAppFiles> {
  const manifest = structuredClone(teamsManifest({ ...settings, verbs: commands }));
  change(manifest);
  return { manifest, color: await fileOf('color.png'), outline: await fileOf('outline.png') };
}

describe('the Teams app package', () => {
  it('holds the manifest and two icons, and the same bytes each time', async () => {
    expect(Object.keys(await packed()).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    expect(await teamsAppPackage(settings)).toEqual(await teamsAppPackage(settings));
    const manifest = JSON.parse(new TextDecoder().decode(await fileOf('manifest.json'))) as unknown;
    expect(manifest).toEqual(teamsManifest({ ...settings, verbs: commands }));
  });

  it("is valid against Microsoft's own schema", async () => {
    expect(await teamsAppFaults(await files(), APP_ID)).toEqual([]);
  });

  it('takes ids and address from the configuration', () => {
    const manifest = teamsManifest({ ...settings, verbs: commands });
    expect(manifest).toMatchObject({
      id: APP_ID,
      bots: [{ botId: APP_ID, supportsTargetedMessages: true }],
      validDomains: ['bsu.example.nhs.uk'],
      developer: { privacyUrl: 'https://bsu.example.nhs.uk/about#privacy' },
    });
  });

  it("names the verbs of each command's own menu, at most twelve, by mention and as slash commands", () => {
    const [bot] = teamsManifest({ ...settings, verbs: commands }).bots;
    const [team, group, personal] = bot?.commandLists ?? [];
    const inMenu = (menu: string) =>
      commands
        .filter((one) => one.menu === menu || ['help', 'status'].includes(one.verb))
        .map(({ verb }) => `bsu ${verb}`);
    expect(team?.commands.map(({ title }) => title)).toEqual(inMenu('team'));
    expect(group?.commands).toEqual(team?.commands);
    expect(personal?.commands.map(({ title }) => title)).toEqual(inMenu('personal'));
    for (const list of bot?.commandLists ?? []) expect(list.commands.length).toBeLessThanOrEqual(12);
    expect(bot?.commandLists.map(({ scopes, triggers }) => [...scopes, ...triggers])).toEqual([
      ['team', 'mention', 'slash'],
      ['groupChat', 'mention', 'slash'],
      ['personal', 'mention'],
    ]);
  });

  it.each<[string, (manifest: Record<string, unknown>) => void, RegExp]>([
    [
      'something that the schema does not know',
      (manifest) => Object.assign(manifest, { colour: 'blue' }),
      /additional/,
    ],
    [
      'a name that is too long',
      (manifest) => Object.assign(manifest, { name: { short: 'x'.repeat(31) } }),
      /30 characters/,
    ],
    ['another bot', (manifest) => Object.assign(manifest, { id: APP_ID.replaceAll('1', '9') }), /one id/],
    [
      'an address without https',
      (manifest) => Object.assign(manifest.developer as object, { privacyUrl: 'http://bsu.example.nhs.uk/' }),
      /https/,
    ],
  ])('is refused with %s', async (_, change, fault) => {
    expect((await teamsAppFaults(await files(change), APP_ID)).join('\n')).toMatch(fault);
  });

  it('is refused with icons of another size, or that are none', async () => {
    const good = await files();
    const swapped = { ...good, color: good.outline, outline: good.color };
    const faults = (await teamsAppFaults(swapped, APP_ID)).join('\n');
    expect(faults).toContain('color.png is 32 × 32, not 192 × 192');
    expect(faults).toContain('outline.png is 192 × 192, not 32 × 32');
    expect(faults).toContain('outline.png has no transparency');
    expect(await teamsAppFaults({ ...good, color: new Uint8Array(10) }, APP_ID)).toEqual(['color.png is not a PNG']);
  });

  it('has an outline in white on nothing, as Teams tints it; the colour icon fills its square', async () => {
    const outline = pixelsOf(await fileOf('outline.png'));
    expect(
      outline.filter(([, , , alpha]) => alpha > 0).every((pixel) => pixel.slice(0, 3).every((part) => part === 255)),
    ).toBe(true);
    expect(outline.some(([, , , alpha]) => alpha === 0)).toBe(true);
    expect(outline.some(([, , , alpha]) => alpha === 255)).toBe(true);
    const [first, ...rest] = pixelsOf(await fileOf('color.png'));
    expect(first).toEqual([0, 94, 184, 255]);
    expect(rest.every(([, , , alpha]) => alpha === 255)).toBe(true);
  });
});

describe('the settings of the package', () => {
  it('are all named when they are missing or wrong', () => {
    expect(() => teamsAppSettings({})).toThrow(/TEAMS_APP_ID is missing.*\n.*PUBLIC_URL is missing/);
    const wrong = { TEAMS_APP_ID: 'changeover', PUBLIC_URL: 'http://bsu.example.nhs.uk' };
    expect(() => teamsAppSettings(wrong, '1')).toThrow(/not an id like.*\n.*https.*\n.*three numbers/);
  });

  it('are the id in small letters and the address', () => {
    const environment = {
      TEAMS_APP_ID: ` ${'ABCDEF00-2222-3333-4444-555555555555'} `,
      PUBLIC_URL: 'https://bsu.example.nhs.uk',
    };
    expect(teamsAppSettings(environment, '1.2.3')).toEqual({
      appId: 'abcdef00-2222-3333-4444-555555555555',
      publicUrl: 'https://bsu.example.nhs.uk',
      version: '1.2.3',
    });
  });
});
