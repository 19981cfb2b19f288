import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomCens } from '../support/packed-report.js';
import { PASSWORD, StaffServer } from '../e2e/staff/staff-fixture.js';
import { NOON } from '../support/test-server.js';
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

/** Of the operations for staff, those that have one. */
const STAFF = ['signIn', 'mintNumbers', 'revokeNumbers', 'listOrders', 'readQuota'];

let staff: StaffServer;
let shell: Shell;

/** A server with a batch of today and a bundle of yesterday, a laboratory's key, and an issuer who is about to sign in. */
beforeAll(async () => {
  staff = await StaffServer.start();
  const { server } = staff;
  for (const at of [NOON + 3600, NOON + 86_400]) {
    const [number] = await server.mint(1);
    expect((await server.report({ groups: [{ cell: 0n, cens: randomCens(40) }], number: number! })).status).toBe(202);
    await server.advanceTo(at);
  }
  const operator = await staff.operator();
  const authority = await staff.authority(operator);
  const issuer = await staff.member(operator, authority, 'issuer');
  shell = new Shell({
    CEN_URL: `http://127.0.0.1:${server.port}`,
    CEN_API_KEY: (await staff.apiKey(operator, authority)).text,
    CEN_AUTHORITY: authority,
    CEN_LOGIN: issuer.login,
    CEN_PASSWORD: PASSWORD,
    CEN_CODE: issuer.nextCode(),
  });
});
afterAll(async () => {
  shell?.close();
  await staff?.close();
});

test('every operation for apps and orchestrators, and of those for staff the ones named above, has an example', () => {
  const without = operations
    .filter(({ operationId, tags }) => !tags.includes('Staff') || STAFF.includes(operationId))
    .filter(({ operationId }) => !examples.some((example) => example.operationId === operationId));
  expect(without.map(({ operationId }) => operationId)).toEqual([]);
});

test.each(examples)('the example of $operationId works when it is pasted', async ({ block }) => {
  await expect(shell.run(block)).resolves.not.toBe('');
});

test.each(['batch.compact', 'day.compact'])('the examples fetched %s', (file) => {
  expect(readFileSync(join(shell.folder, file)).toString('latin1', 0, 4)).toBe('CENB');
});

test('the example fetched sheets', () => {
  expect(readFileSync(join(shell.folder, 'permission-numbers.pdf')).toString('latin1', 0, 5)).toBe('%PDF-');
});
