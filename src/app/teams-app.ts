import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { commands } from '../../commands/index.ts';
import { type TeamsAppFacts, teamsManifest } from '../../templates/teams-app/manifest.ts';
import { ConfigurationError } from '../kernel/errors.ts';
import { type TeamsAppFiles, teamsAppFaults } from './teams-app-faults.ts';

/**
 * `npm run teams-app [-- FILE.zip] [--version 1.0.1]`: writes the Teams app package for the bot TEAMS_APP_ID of the service at
 * PUBLIC_URL, checked without a network. It needs the development dependencies, so it is run in a checkout.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { version: { type: 'string' } } });
  const [path = 'changeover-teams-app.zip'] = positionals;
  const settings = teamsAppSettings(process.env, values.version);
  await writeFile(path, await teamsAppPackage(settings));
  const { appId, publicUrl, version } = settings;
  process.stdout.write(
    `${path}: version ${version} for the bot ${appId} of ${publicUrl}, valid against Microsoft's schema.\n` +
      'Next: upload it to Teams, and when the menus change upload it again with a higher --version (docs/teams.md).\n',
  );
}

export type TeamsAppSettings = Omit<TeamsAppFacts, 'verbs'>;

/** What the package needs of the environment, or a ConfigurationError that names every fault. */
export function teamsAppSettings(
  environment: Readonly<Record<string, string | undefined>>,
  version = '1.0.0',
): TeamsAppSettings {
  const appId = (environment.TEAMS_APP_ID ?? '').trim().toLowerCase();
  const publicUrl = (environment.PUBLIC_URL ?? '').trim();
  const faults = [
    ...(appId === '' ? ['TEAMS_APP_ID is missing: the application (client) id of the bot, from Microsoft Entra'] : []),
    ...(appId !== '' && !GUID.test(appId)
      ? ['TEAMS_APP_ID is not an id like 00000000-0000-0000-0000-000000000000']
      : []),
    ...(publicUrl === '' ? ['PUBLIC_URL is missing: where Teams and people reach the service'] : []),
    ...(publicUrl !== '' && !/^https:\/\/[^/]/.test(publicUrl)
      ? ['PUBLIC_URL must begin with https:// for Teams']
      : []),
    ...(publicUrl !== '' && !URL.canParse(publicUrl) ? ['PUBLIC_URL is not an address'] : []),
    ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : ['--version is not three numbers like 1.0.1']),
  ];
  if (faults.length > 0) throw new ConfigurationError(faults);
  return { appId, publicUrl, version };
}

/** The package's bytes: the same for the same settings, on any machine. Refuses to build one that Teams would refuse. */
export async function teamsAppPackage(settings: TeamsAppSettings): Promise<Uint8Array> {
  const files: TeamsAppFiles = {
    manifest: teamsManifest({ ...settings, verbs: commands }),
    color: icon('color'),
    outline: icon('outline'),
  };
  const faults = await teamsAppFaults(files, settings.appId);
  if (faults.length > 0) throw new ConfigurationError(faults);
  const manifest = new TextEncoder().encode(`${JSON.stringify(files.manifest, null, 2)}\n`);
  return zipSync(
    { 'manifest.json': manifest, 'color.png': files.color, 'outline.png': files.outline },
    { mtime: ANY_DAY },
  );
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A zip notes local time: this moment of the machine's zone is the same in every zone. */
const ANY_DAY = new Date(2026, 0, 1);

function icon(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../templates/teams-app/${name}.png`, import.meta.url)));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}
