import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadConfig, SECRET_SETTINGS, settings } from '../../src/platform/config/index.js';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly volumes: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const dockerfile = read('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n');
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const ours = Object.entries(compose.services).filter(([, { image }]) => image === 'cen-server');
const { scripts: scriptLines } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
const scripts = Object.keys(scriptLines);

/** COPY instructions as [sources, destination]. */
const copies = (fromStage: boolean): [string[], string][] =>
  dockerfile
    .filter((line) => line.startsWith('COPY ') && line.includes('--from=') === fromStage)
    .map((line) => line.replace(/^COPY (--from=\S+ )?/, '').split(' '))
    .map((words) => [words.slice(0, -1), words.at(-1)!]);

/** The paths that .dockerignore lets through at the top: everything else is not there to be copied. */
const context = read('.dockerignore')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

/** A file of the final image that its sources in this repository make; `dist` is built from `src`. */
function isInImage(path: string): boolean {
  if (path.startsWith('dist/')) return existsSync(join(ROOT, path.replace(/^dist/, 'src').replace(/\.js$/, '.ts')));
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM ${NODE_IMAGE}'));
  return (
    existsSync(join(ROOT, path)) && last.some((line) => line.startsWith('COPY ') && line.split(' ').includes(path))
  );
}

const commands = [
  ...ours.flatMap(([, { command = [] }]) => command.join(' ')),
  ...dockerfile.filter((line) => line.startsWith('CMD ')),
];
const filesRun = commands.flatMap((command) => command.match(/\b(dist|scripts)\/[\w./-]+\.m?js/g) ?? []);

describe('Dockerfile', () => {
  test('copies what exists and what the context holds', () => {
    const sources = copies(false).flatMap(([from]) => from);
    expect(sources.length).toBeGreaterThan(8);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    expect(sources.filter((source) => !context.includes(source.split('/')[0]!))).toEqual([]);
  });

  test('takes from other stages what they make', () => {
    const made = /^\/app\/(node_modules|node_modules\/@node-rs|client\/dist|console\/dist|dist)$/;
    expect(
      copies(true)
        .flatMap(([from]) => from)
        .filter((source) => !made.test(source)),
    ).toEqual([]);
  });

  test('runs npm scripts that exist', () => {
    const named = dockerfile.flatMap((line) => [...line.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!));
    expect(named).toContain('build');
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  test('starts the server as `npm start` does', () => {
    const command = dockerfile.find((line) => line.startsWith('CMD '))!.slice('CMD '.length);
    expect(JSON.parse(command)).toEqual(scriptLines['start']!.split(' '));
  });

  test('does not run as root, and is asked whether it is ready', () => {
    expect(dockerfile).toContain('USER node');
    expect(dockerfile.find((line) => line.startsWith('HEALTHCHECK'))).toContain('/health/ready');
  });
});

describe('docker-compose.yml', () => {
  test('runs files that the image holds', () => {
    expect(filesRun).toEqual(expect.arrayContaining(['dist/main.js', 'dist/cli.js', 'scripts/db-migrate.mjs']));
    expect(filesRun.filter((file) => !isInImage(file))).toEqual([]);
  });

  test('copies into the image what the migration imports', () => {
    const imported = [...read('scripts/db-migrate.mjs').matchAll(/from '\.\.?\/([^']+)'/g)].map(([, path]) => path!);
    expect(imported.filter((path) => !isInImage(path.startsWith('dist/') ? path : `scripts/${path}`))).toEqual([]);
  });

  test('names secrets, volumes, files and services that there are', () => {
    for (const service of Object.values(compose.services)) {
      expect(service.secrets.filter((name) => !(name in compose.secrets))).toEqual([]);
      const mounted = service.volumes.map((volume) => volume.split(':')[0]!);
      expect(
        mounted.filter((from) => !(from.startsWith('./') ? existsSync(join(ROOT, from)) : from in compose.volumes)),
      ).toEqual([]);
      expect(Object.keys(service.depends_on ?? {}).filter((name) => !(name in compose.services))).toEqual([]);
      const files = Object.values(service.environment).filter((value) => value.startsWith('/run/secrets/'));
      expect(
        files.map((file) => file.slice('/run/secrets/'.length)).filter((name) => !service.secrets.includes(name)),
      ).toEqual([]);
    }
    const maker = read('docker/make-secrets.sh');
    expect(Object.values(compose.secrets).filter(({ file }) => !maker.includes(`>${file}`))).toEqual([]);
  });

  test.each(ours)('gives the service %s settings that production accepts', (_, { environment }) => {
    const folder = mkdtempSync(join(tmpdir(), 'cen-compose-'));
    try {
      const url = join(folder, 'url');
      writeFileSync(url, 'postgresql://cen_app:secret@postgres/cen\n');
      const filled = Object.entries(environment).map(([name, value]) => [
        name,
        value.startsWith('/run/secrets/') ? url : value.replace(/^\$\{\w+:-(.*)\}$/, '$1'),
      ]);
      const known = new Set([...Object.keys(settings.shape), ...SECRET_SETTINGS.map((name) => `${name}_FILE`)]);
      expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
      const config = loadConfig({ NODE_ENV: 'production', ...Object.fromEntries(filled) });
      expect(config).toMatchObject({
        production: true,
        migrateAtStart: false,
        databaseUrl: 'postgresql://cen_app:secret@postgres/cen',
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('shows the password of the owner to the database and the migration alone', () => {
    const holders = Object.entries(compose.services).filter(([, { secrets }]) =>
      secrets.includes('database_owner_url'),
    );
    expect(holders.map(([name]) => name)).toEqual(['postgres', 'migrate']);
  });
});
