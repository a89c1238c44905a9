import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = ['src', 'commands', 'templates', 'db'].flatMap((folder) => filesUnder(join(ROOT, folder)));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** Which rooms a room may import; `:type` where only types may cross. */
const LAW: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  domain: ['kernel'],
  card: ['kernel', 'card'],
  templates: ['domain:type', 'card', 'kernel'],
  db: ['domain:type', 'kernel'],
  store: ['db', 'ports', 'domain', 'kernel', 'card:type', 'command:type'],
  readers: ['domain', 'kernel'],
  calendars: ['ports', 'domain', 'kernel'],
  work: ['store', 'ports', 'templates', 'card', 'domain', 'kernel', 'command:type'],
  ports: ['domain', 'card', 'kernel'],
  command: ['store:type', 'domain', 'kernel'],
  commands: ['command', 'domain', 'kernel'],
  jobs: ['store:type', 'ports', 'domain', 'kernel'],
  dispatch: ['command', 'store', 'domain', 'kernel', 'card:type', 'db:type'],
  delivery: ['ports', 'card', 'kernel', 'domain:type'],
  executors: ['ports', 'domain', 'kernel'],
  surfaces: ['command', 'dispatch', 'ports', 'templates', 'card', 'domain:type', 'kernel'],
  rehearsal: ['card', 'kernel'],
  config: ['kernel'],
};

/** SDKs have fixed homes. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  '@slack/bolt': ['src/surfaces/slack', 'src/delivery/channels/slack', 'src/app'],
  '@microsoft/teams.apps': ['src/surfaces/teams', 'src/delivery/channels/teams', 'src/app'],
  '@microsoft/teams.api': ['src/surfaces/teams', 'src/delivery/channels/teams', 'src/app'],
  '@microsoft/teams.cards': ['src/surfaces/teams', 'src/delivery/channels/teams'],
  '@microsoft/teams.common': ['src/surfaces/teams', 'src/delivery/channels/teams', 'src/app'],
  jose: ['src/surfaces/teams'],
  nodemailer: ['src/delivery/channels/email'],
  kysely: ['db', 'src/store'],
  pg: ['db', 'src/store'],
  '@electric-sql/pglite': ['db'],
  cron: ['src/jobs'],
  'csv-parse': ['test'],
  'ical.js': ['src/calendars'],
  imapflow: ['src/delivery/channels/email'],
  nunjucks: ['templates', 'src/rehearsal'],
  ics: ['templates'],
  fflate: ['src/app/teams-app.ts'],
  '@microsoft/app-manifest': ['src/app/teams-app-faults.ts'],
  fastify: ['src/surfaces/web', 'src/surfaces/rehearsal-chat', 'src/rehearsal', 'src/app', 'src/main.ts'],
  zod: [
    'src/config.ts',
    'src/command.ts',
    'commands',
    'src/readers',
    'src/surfaces',
    'src/executors',
    'src/dispatch/input.ts',
    'src/dispatch/problem-words.ts',
  ],
};

it('no room imports what the import law forbids', () => {
  const broken = imports().flatMap(({ from, to, typeOnly }) => {
    const room = roomOf(from);
    const other = roomOf(to);
    if (room === other || room === 'app') return [];
    if (room === 'surfaces' && other === 'surfaces') return [];
    const allowed = LAW[room] ?? [];
    if (allowed.includes(other) || (typeOnly && allowed.includes(`${other}:type`))) return [];
    return [`${from} → ${to}`];
  });
  expect(broken).toEqual([]);
});

it('no surface, channel or executor imports another of its kind', () => {
  const broken = imports().filter(({ from, to }) =>
    ['src/surfaces/', 'src/delivery/channels/'].some((kind) => {
      if (!from.startsWith(kind) || !to.startsWith(kind)) return false;
      const [mine, theirs] = [from, to].map((file) => file.slice(kind.length).split('/')[0]);
      // The web surface carries the pages of the rehearsal chat; what lies in the room itself is for all of them.
      return mine !== theirs && !(/^web$|\.ts$/.test(theirs ?? '') && kind === 'src/surfaces/');
    }),
  );
  expect(broken).toEqual([]);
});

it('SDKs stay in their homes', () => {
  const broken = SOURCES.flatMap((file) =>
    packagesOf(file).flatMap((name) => {
      const homes = HOMES[name];
      return !homes || homes.some((home) => rel(file).startsWith(home)) ? [] : [`${rel(file)} imports ${name}`];
    }),
  );
  expect(broken).toEqual([]);
});

it('there are no import circles, types included', () => {
  const graph = new Map<string, string[]>();
  for (const { from, to } of imports()) graph.set(from, [...(graph.get(from) ?? []), to]);
  expect(circleIn(graph)).toEqual([]);
});

it('a file is one thing: at most 250 lines', () => {
  const long = SOURCES.filter((file) => !rel(file).startsWith('db/migrations/'))
    .map((file) => ({ file: rel(file), lines: readFileSync(file, 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 251);
  expect(long).toEqual([]);
});

it('only the configuration reads the environment', () => {
  // Programs of their own, that no configuration reaches: the Teams app's packer, the rehearsal, the tests' own databases.
  const allowed = ['src/main.ts', 'src/cli.ts', 'src/app/teams-app.ts', 'src/rehearsal/', 'db/scratch.ts'];
  const readers = SOURCES.filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')))
    .map(rel)
    .filter((file) => !allowed.some((place) => file.startsWith(place)));
  expect(readers).toEqual([]);
});

it('nobody asks the machine for the time but the clock', () => {
  const askers = SOURCES.filter((file) => /Temporal\.Now|new Date\(\)|Date\.now\(\)/.test(readFileSync(file, 'utf8')))
    .map(rel)
    .filter((file) => file !== 'src/kernel/clock.ts' && !file.startsWith('src/rehearsal/'));
  expect(askers).toEqual([]);
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith('.ts') && statSync(file).isFile());
}

function rel(file: string): string {
  return relative(ROOT, file).replaceAll('\\', '/');
}

function roomOf(file: string): string {
  const [top, second = ''] = file.split('/');
  if (top !== 'src') return top ?? '';
  if (/^(main|cli|app)(\.ts)?$/.test(second)) return 'app';
  return second.replace(/\.ts$/, '');
}

const IMPORT = /^(?:import|export)\s+(type\s+)?[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gms;

function statements(file: string): { name: string; typeOnly: boolean }[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map((match) => ({
    name: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly:
      match[1] !== undefined || /^(?:import|export)\s+\{(?:\s*type\s+\w+(?:\s+as\s+\w+)?,?)+\s*\}/.test(match[0]),
  }));
}

function imports(): Import[] {
  return SOURCES.flatMap((file) =>
    statements(file)
      .filter(({ name }) => name.startsWith('.') && name.endsWith('.ts'))
      .map(({ name, typeOnly }) => ({ from: rel(file), to: rel(resolve(dirname(file), name)), typeOnly })),
  );
}

function packagesOf(file: string): string[] {
  return statements(file)
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
    .map((name) => (name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? '')));
}

function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next);
      if (circle.length > 0) return circle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const circle = visit(file);
    if (circle.length > 0) return circle;
  }
  return [];
}
