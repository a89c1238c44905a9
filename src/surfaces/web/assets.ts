import { readdirSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

/** The look of the pages, all from this machine: NHS.UK frontend and our own few rules on top. */
export function assetRoutes(app: FastifyInstance): void {
  const assets = loadAssets();
  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) => {
    const asset = assets.get(request.params['*']);
    if (!asset) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.');
    return reply.header('cache-control', 'public, max-age=300').type(asset.type).send(asset.body);
  });
}

interface Asset {
  readonly type: string;
  readonly body: string | Buffer;
}

function loadAssets(): ReadonlyMap<string, Asset> {
  const images = readdirSync(new URL('assets/images/', NHSUK));
  return new Map<string, Asset>([
    ['nhsuk.css', { type: CSS, body: withoutFonts(readFileSync(new URL('nhsuk-frontend.min.css', NHSUK), 'utf8')) }],
    ['nhsuk.js', { type: JS, body: withoutMap(readFileSync(new URL('nhsuk-frontend.min.js', NHSUK), 'utf8')) }],
    ['changeover.css', { type: CSS, body: readFileSync(new URL('changeover.css', OURS)) }],
    ['board.css', { type: CSS, body: readFileSync(new URL('board.css', OURS)) }],
    ['board.js', { type: JS, body: readFileSync(new URL('board.js', OURS)) }],
    ['follow.js', { type: JS, body: readFileSync(new URL('follow.js', OURS)) }],
    ['page.js', { type: JS, body: readFileSync(new URL('page.js', OURS)) }],
    ...images.map((name): [string, Asset] => [
      `images/${name}`,
      { type: imageType(name), body: readFileSync(new URL(`assets/images/${name}`, NHSUK)) },
    ]),
  ]);
}

/** The package asks another host for its fonts; without the font-face rules the fallback (Arial) is used. */
function withoutFonts(css: string): string {
  return withoutMap(css.replaceAll(/@font-face\s*\{[^}]*\}/g, ''));
}

function withoutMap(text: string): string {
  return text.replaceAll(/\/\*# sourceMappingURL=.*?\*\/|\/\/# sourceMappingURL=.*$/gm, '');
}

function imageType(name: string): string {
  if (name.endsWith('.svg')) return 'image/svg+xml';
  return name.endsWith('.png') ? 'image/png' : 'image/x-icon';
}

const CSS = 'text/css; charset=utf-8';
const JS = 'text/javascript; charset=utf-8';
const NHSUK = new URL('../../../node_modules/nhsuk-frontend/dist/nhsuk/', import.meta.url);
const OURS = new URL('../../../templates/pages/assets/', import.meta.url);
