import { createRequire, registerHooks } from 'node:module';
import type { teamsManifest } from '../../templates/teams-app/manifest.ts';

export interface TeamsAppFiles {
  readonly manifest: ReturnType<typeof teamsManifest>;
  readonly color: Uint8Array;
  readonly outline: Uint8Array;
}

/** Why Teams would refuse the package, a sentence each: the official schema, and what a schema does not say. */
export async function teamsAppFaults(files: TeamsAppFiles, appId: string): Promise<string[]> {
  const { manifest, color, outline } = files;
  const { developer, bots, id, validDomains } = manifest;
  const addresses = [developer.websiteUrl, developer.privacyUrl, developer.termsOfUseUrl];
  return [
    ...(await schemaFaults(manifest)),
    ...(id === appId && bots.every(({ botId }) => botId === appId) ? [] : ['the app and its bot must have one id']),
    ...addresses.filter((url) => !url.startsWith('https://')).map((url) => `${url} does not begin with https://`),
    ...validDomains.filter((domain) => domain.includes('*')).map((domain) => `${domain} is more than one domain`),
    ...iconFaults('color.png', color, 192),
    ...iconFaults('outline.png', outline, 32),
    ...(colourType(outline) === WITH_ALPHA ? [] : ['outline.png has no transparency']),
  ];
}

interface AppManifestPackage {
  readonly AppManifestUtils: {
    validateAgainstSchema(manifest: unknown, schema: unknown): Promise<string[]>;
  };
}

/** The schema that Microsoft publishes for this version, as its package carries it: nothing is fetched. */
async function schemaFaults(manifest: TeamsAppFiles['manifest']): Promise<string[]> {
  const require = createRequire(import.meta.url);
  const schema: unknown = require(
    `@microsoft/app-manifest/build/json-schemas/teams/v${manifest.manifestVersion}/MicrosoftTeams.schema.json`,
  );
  // The package uses fs-extra without declaring it, and only to read and write files, which is not asked here.
  const hooks = registerHooks({
    resolve: (name, context, next) => next(name === 'fs-extra' ? 'node:fs/promises' : name, context),
  });
  try {
    const { AppManifestUtils } = require('@microsoft/app-manifest') as AppManifestPackage;
    return (await AppManifestUtils.validateAgainstSchema(manifest, schema)).map((fault) => `manifest.json${fault}`);
  } finally {
    hooks.deregister();
  }
}

function iconFaults(name: string, png: Uint8Array, size: number): string[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (png.length < 33 || view.getBigUint64(0) !== PNG) return [`${name} is not a PNG`];
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return width === size && height === size ? [] : [`${name} is ${width} × ${height}, not ${size} × ${size}`];
}

const PNG = 0x89504e470d0a1a0an;
const WITH_ALPHA = 6;

function colourType(png: Uint8Array): number | undefined {
  return png[25];
}
