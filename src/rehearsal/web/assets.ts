import { readdirSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

/** The NHS look's files, from the package, and our few own ones. Nothing is loaded from anywhere else. */
export function serveAssets(app: FastifyInstance): void {
  const files = new Map<string, Asset>([
    ['nhsuk.css', { type: CSS, body: withoutFonts(readFileSync(new URL('nhsuk-frontend.min.css', NHSUK), 'utf8')) }],
    ['nhsuk.js', { type: JS, body: readFileSync(new URL('nhsuk-frontend.min.js', NHSUK)) }],
    ['manifest.json', { type: 'application/json', body: readFileSync(new URL('assets/manifest.json', NHSUK)) }],
    ...['world.css', 'bulk.js'].map((name): [string, Asset] => [
      name,
      {
        type: name.endsWith('css') ? CSS : JS,
        body: readFileSync(new URL(`../pages/assets/${name}`, import.meta.url)),
      },
    ]),
    ...readdirSync(new URL('assets/images/', NHSUK)).map((name): [string, Asset] => [
      `images/${name}`,
      { type: imageType(name), body: readFileSync(new URL(`assets/images/${name}`, NHSUK)) },
    ]),
  ]);
  app.get('/assets/*', (request, reply) => {
    const asset = files.get((request.params as { '*': string })['*']);
    if (!asset) return reply.code(404).send('There is no such file.');
    return reply.header('cache-control', 'max-age=300').type(asset.type).send(asset.body);
  });
}

interface Asset {
  readonly type: string;
  readonly body: string | Buffer;
}

/** The package's fonts are loaded from another host: switched off, so the fallback (Arial) is used. */
function withoutFonts(css: string): string {
  return css.replaceAll(/@font-face\s*\{[^}]*\}/g, '').replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, '');
}

function imageType(name: string): string {
  if (name.endsWith('.svg')) return 'image/svg+xml';
  return name.endsWith('.png') ? 'image/png' : 'image/x-icon';
}

const CSS = 'text/css; charset=utf-8';
const JS = 'text/javascript; charset=utf-8';
const NHSUK = new URL('../../../node_modules/nhsuk-frontend/dist/nhsuk/', import.meta.url);
