// npm run docs:check: runs every block of README.md and docs/**/*.md that is fenced as ```sh, in order and as a reader would paste it, in
// one temporary data folder. A block that is not to be run is fenced without a language. Prints each block, and "N passed, N failed".
//
// `npm start` keeps running for the blocks that follow it, and must end cleanly at Ctrl+C. What takes long is left to .ci/run, which runs
// the same command: see ELSEWHERE.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Blocks that .ci/run runs as a step of its own. */
const ELSEWHERE = new Set(['npm ci && npm test', 'npm run demo']);
const START_MS = 60_000;
const BLOCK_MS = 60_000;

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'cen-docs-'));
const port = await freePort();
writeFileSync(join(folder, '.curlrc'), 'fail-with-body\nsilent\nshow-error\n');
const environment = {
  ...process.env,
  DATA_DIR: join(folder, 'data'),
  PORT: String(port),
  CURL_HOME: folder,
  npm_config_update_notifier: 'false',
};

const files = ['README.md', ...markdownIn('docs')];
const blocks = files.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, text]) => ({
    file,
    text: text.trim(),
  })),
);

let server;
let passed = 0;
let failed = 0;
for (const { file, text } of blocks) {
  const isElsewhere = ELSEWHERE.has(text);
  const fault = isElsewhere ? undefined : await run(text);
  if (fault !== undefined) failed += 1;
  else if (!isElsewhere) passed += 1;
  const verdict = isElsewhere ? 'elsewhere' : fault === undefined ? 'passed' : 'FAILED';
  console.log(`${verdict.padEnd(9)}  ${file}: ${text.split('\n')[0]}${fault === undefined ? '' : `\n${fault}`}`);
}
if (server !== undefined) {
  if (await endServer()) passed += 1;
  else failed += 1;
}
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** @returns why it failed, or undefined */
async function run(text) {
  // Installing is done by whoever runs this, and 3000 may be taken here.
  const command = text.replace(/^npm ci && /, '').replaceAll('localhost:3000', `localhost:${port}`);
  return command === 'npm start' ? startServer(command) : runBlock(command);
}

async function startServer(command) {
  server = shell(command, { detached: true });
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && server.child.exitCode === null) {
    if (await answers(`http://localhost:${port}/v1`)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return `The server does not answer.\n${server.output()}`;
}

async function runBlock(command) {
  const { child, output } = shell(`set -euo pipefail\n${command}`, { timeout: BLOCK_MS });
  const [code] = await once(child, 'close');
  return code === 0 ? undefined : `It ended with ${code}.\n${output()}`;
}

/** Ctrl+C goes to the whole group, as in a terminal. */
async function endServer() {
  const closed = once(server.child, 'close');
  process.kill(-server.child.pid, 'SIGINT');
  await closed;
  const isGone = !(await answers(`http://localhost:${port}/v1`));
  console.log(`${isGone ? 'passed   ' : 'FAILED   '}  Ctrl+C ends the server`);
  return isGone;
}

function shell(command, options) {
  const child = spawn('bash', ['-c', command], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  const pieces = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.stderr.on('data', (piece) => pieces.push(piece));
  return { child, output: () => Buffer.concat(pieces).toString() };
}

async function answers(url) {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

function markdownIn(name) {
  return readdirSync(join(root, name), { recursive: true })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(name, file))
    .sort();
}
