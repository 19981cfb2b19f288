import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '../..');
const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith('test/architecture/fixtures/') && existsSync(join(ROOT, file)));
const FOLDERS = ['src', 'client', 'docs', 'test', 'scripts', 'prisma', 'console', 'bench', '.ci'];

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const scriptsIn = (folder: string): string[] =>
  Object.keys((JSON.parse(read(join(folder, 'package.json'))) as { scripts?: object }).scripts ?? {});
const WORKSPACES = ['client', 'console'];
const workspaceOf = (file: string): string | undefined =>
  WORKSPACES.find((workspace) => file.startsWith(`${workspace}/`));

/** Text without what is fenced: examples are run, not read. */
const prose = (file: string): string => read(file).replace(/^```[^]*?^```$/gm, '');

/** Targets of links and pictures that lie in this repository. */
function linksOf(file: string): string[] {
  const targets = [...prose(file).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(([, target]) => target!);
  return targets.filter((target) => !/^(https?:|mailto:|\/)/.test(target));
}

/** The names that GitHub gives to headings, and explicit anchors. */
function anchorsOf(file: string): string[] {
  const headings = [...prose(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...[...read(file).matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name]) => name!)];
}

function leadsNowhere(file: string, link: string): boolean {
  const [path, anchor] = link.split('#');
  const target = path === '' ? file : relative(ROOT, join(ROOT, dirname(file), decodeURI(path!)));
  if (!existsSync(join(ROOT, target))) return true;
  return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
}

/** `src/…` in code marks; a `*`, `…`, `<` or `{` makes it a pattern and no path. */
function pathsOf(file: string): string[] {
  const marks = [...prose(file).matchAll(/`([\w.-]+(?:\/[\w.-]+)+)\/?`/g)].map(([, path]) => path!);
  return marks.filter(
    (path) => FOLDERS.includes(path.split('/')[0]!) && !/(^|\/)(dist|generated|data|out)(\/|$)/.test(path),
  );
}

/** `npm run name`, or `npm run name -w workspace`, that is not there. */
const missingScripts = (file: string): string[] =>
  [...read(file).matchAll(/npm run ([\w:-]+)(?: -w (\w+))?/g)]
    .filter(([, name, workspace]) => !scriptsIn(workspace ?? '.').includes(name!))
    .map(([command]) => command);

test('there is something to check', () => {
  expect(FILES).toEqual(expect.arrayContaining(['README.md', 'docs/protocol.md']));
  expect(FILES.flatMap(linksOf).length).toBeGreaterThan(30);
  expect(FILES.flatMap(pathsOf).length).toBeGreaterThan(10);
});

describe.each(FILES)('%s', (file) => {
  test('links lead somewhere', () => {
    expect(linksOf(file).filter((link) => leadsNowhere(file, link))).toEqual([]);
  });

  test('names files that exist', () => {
    const base = workspaceOf(file) ?? '.';
    expect(
      pathsOf(file).filter((path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, base, path))),
    ).toEqual([]);
  });

  test('names npm scripts that exist', () => {
    expect(missingScripts(file)).toEqual([]);
  });
});
