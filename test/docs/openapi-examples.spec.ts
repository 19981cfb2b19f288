import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomCens } from '../support/packed-report.js';
import { NOON, startTestServer, type TestServer } from '../support/test-server.js';
import { blocksOf, Shell } from './shell-blocks.js';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly description?: string;
}

const { paths } = JSON.parse(readFileSync(join(__dirname, '../../openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.values(paths).flatMap((path) => Object.values(path));
const examples = operations.flatMap(({ operationId, description = '' }) =>
  blocksOf(description, 'sh').map((block) => ({ operationId, block })),
);

let server: TestServer;
let shell: Shell;

/** A server with a batch of today and a bundle of yesterday. */
beforeAll(async () => {
  server = await startTestServer();
  shell = new Shell({ CEN_URL: `http://127.0.0.1:${server.port}` });
  for (const at of [NOON + 3600, NOON + 86_400]) {
    const [number] = await server.mint(1);
    expect((await server.report({ groups: [{ cell: 0n, cens: randomCens(40) }], number: number! })).status).toBe(202);
    await server.advanceTo(at);
  }
});
afterAll(async () => {
  shell?.close();
  await server?.close();
});

test('every operation for apps and orchestrators has an example', () => {
  const without = operations
    .filter(({ tags }) => !tags.includes('Staff'))
    .filter(({ operationId }) => !examples.some((example) => example.operationId === operationId));
  expect(without.map(({ operationId }) => operationId)).toEqual([]);
});

test.each(examples)('the example of $operationId works when it is pasted', async ({ block }) => {
  await expect(shell.run(block)).resolves.not.toBe('');
});

test.each(['batch.compact', 'day.compact'])('the examples fetched %s', (file) => {
  expect(readFileSync(join(shell.folder, file)).toString('latin1', 0, 4)).toBe('CENB');
});
