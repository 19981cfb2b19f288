import { Permissions } from '../../src/permissions/index.js';
import { openPending } from '../../src/cens/reports/pending-codec.js';
import { KeyRotation } from '../../src/platform/keys/index.js';
import { Database } from '../../src/platform/database/index.js';
import { json } from '../support/http-client.js';
import { newIdempotencyKey, randomCens } from '../support/packed-report.js';
import { readPublication, sealNextSlot } from '../support/publication.js';
import { type ReportToSend, startTestServer, type TestServer } from '../support/test-server.js';
import { blindToken, buyAgain, buyToken, postTokenRequest, turnIssuerKey } from '../support/upload-token.js';

const HOUR = 3600;
const PARALLEL = 100;

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
  await server.seal();
});
afterEach(() => server.close());

const redemption = (token: string, idempotencyKey = newIdempotencyKey()): ReportToSend => ({
  authorization: `PrivateToken token="${token}"`,
  groups: [{ cell: 0n, cens: randomCens(1) }],
  idempotencyKey,
});
const statusOf = async (report: ReportToSend) => (await server.report(report)).status;
const counts = async () => (await readPublication(server)).map(({ count }) => count);
const pendingRows = async () => (await server.rows('SELECT FROM pending_report')).length;
const tally = (statuses: readonly number[]) => [202, 403].map((status) => statuses.filter((s) => s === status).length);

describe('a number exchanged for a token', () => {
  it('buys one report, whoever minted the number', async () => {
    const token = await buyToken(server);
    expect(await statusOf(redemption(token))).toBe(202);
    expect(await statusOf(redemption(token))).toBe(403);
    await sealNextSlot(server);
    expect(await counts()).toEqual([1]);
    expect(await statusOf(redemption(token))).toBe(403);
  });

  it('is spent', async () => {
    const [number] = await server.mint(1);
    await buyToken(server, number);
    expect(await statusOf({ number: number!, groups: [{ cell: 0n, cens: randomCens(1) }] })).toBe(403);
    expect((await buyAgain(server, number!, await blindToken(server))).status).toBe('refused');
  });

  it('buys no token once it has bought a report', async () => {
    const [number] = await server.mint(1);
    expect(await statusOf({ number: number!, groups: [{ cell: 0n, cens: randomCens(1) }] })).toBe(202);
    expect((await buyAgain(server, number!, await blindToken(server))).status).toBe('refused');
  });

  it('gets the same bytes for the same request: also after sealing and expiry, until 48 h after the sealing', async () => {
    const [number] = await server.mint(1);
    const pending = await blindToken(server);
    const first = await buyAgain(server, number!, pending);
    expect(await buyAgain(server, number!, pending)).toEqual(first);
    await sealNextSlot(server);
    await server.moveClock(47 * HOUR);
    expect(await buyAgain(server, number!, pending)).toEqual(first);
    await server.moveClock(2 * HOUR);
    expect((await buyAgain(server, number!, pending)).status).toBe('refused');
    await server.seal();
    expect((await buyAgain(server, number!, pending)).status).toBe('refused');
  });

  it(`is spent once by ${PARALLEL} requests at once`, async () => {
    const [number] = await server.mint(1);
    const pending = await Promise.all(Array.from({ length: 10 }, () => blindToken(server)));
    const results = await Promise.all(
      Array.from({ length: PARALLEL }, (_, i) => buyAgain(server, number!, pending[i % pending.length]!)),
    );
    const issued = new Set(results.flatMap((result) => (result.status === 'issued' ? [result.token] : [])));
    expect(issued.size).toBe(1);
    expect(results.filter(({ status }) => status === 'issued')).toHaveLength(10);
  });
});

describe('a token', () => {
  it(`buys one report of ${PARALLEL} at once`, async () => {
    const token = await buyToken(server);
    const statuses = await Promise.all(Array.from({ length: PARALLEL }, () => statusOf(redemption(token))));
    expect(tally(statuses)).toEqual([1, PARALLEL - 1]);
    expect(await pendingRows()).toBe(1);
  });

  it('buys one report of two servers, and either knows the retry', async () => {
    const other = await startTestServer({ replicaOf: server });
    try {
      const token = await buyToken(other);
      const reports = Array.from({ length: PARALLEL }, () => redemption(token));
      const statuses = await Promise.all(
        reports.map(async (report, i) => (await (i % 2 ? other : server).report(report)).status),
      );
      expect(tally(statuses)).toEqual([1, PARALLEL - 1]);
      expect(await pendingRows()).toBe(1);
      const accepted = reports[statuses.indexOf(202)]!;
      expect([(await server.report(accepted)).status, (await other.report(accepted)).status]).toEqual([202, 202]);
    } finally {
      await other.close();
    }
  });

  it('gets the same answer for the same key, until 48 h after its report was published', async () => {
    const report = redemption(await buyToken(server));
    const statuses = await Promise.all(Array.from({ length: 10 }, () => statusOf(report)));
    expect(tally(statuses)).toEqual([10, 0]);
    await sealNextSlot(server);
    await server.moveClock(47 * HOUR);
    expect(await statusOf(report)).toBe(202);
    await server.moveClock(2 * HOUR);
    expect(await statusOf(report)).toBe(403);
    await server.seal();
    expect(await statusOf(report)).toBe(403);
    expect(await counts()).toEqual([]);
  });

  it('is taken in every form that RFC 9577 has for it', async () => {
    const token = await buyToken(server);
    const wrongKey = newIdempotencyKey();
    const forms = [
      `PrivateToken token=${token}`,
      `privatetoken token="${token}"`,
      `PrivateToken  extensions="AA==", token="${token}"`,
      `PrivateToken token = "${token}" , other=1`,
    ];
    const key = newIdempotencyKey();
    for (const authorization of forms) {
      expect([authorization, await statusOf({ ...redemption(token, key), authorization })]).toEqual([
        authorization,
        202,
      ]);
      expect(await statusOf({ ...redemption(token, wrongKey), authorization })).toBe(403);
    }
    expect(await pendingRows()).toBe(1);
  });

  it('is refused like a wrong number, whatever is wrong with it', async () => {
    const [used] = await server.mint(1);
    const groups = [{ cell: 0n, cens: randomCens(1) }];
    await server.report({ number: used!, groups });
    const wrongNumber = await server.report({ number: used!, groups });
    const good = Buffer.from(await buyToken(server), 'base64url');
    const changed = (at: number) => Buffer.from(good.map((byte, i) => (i === at ? byte ^ 1 : byte)));
    // Type, nonce, challenge, key, signature; too short, too long, nothing like a token.
    for (const bytes of [
      ...[1, 5, 40, 70, 353].map(changed),
      good.subarray(1),
      Buffer.concat([good, good]),
      Buffer.of(1),
    ]) {
      const answer = await server.report(redemption(bytes.toString('base64url')));
      expect([answer.status, answer.body.toString()]).toEqual([403, wrongNumber.body.toString()]);
    }
    expect(await statusOf(redemption(good.toString('base64url')))).toBe(202);
  });

  it('is no token without a token in it', async () => {
    for (const authorization of ['PrivateToken', 'PrivateToken x', 'PrivateToken token=', 'PrivateToken token="a b"']) {
      const answer = await server.report({ ...redemption(''), authorization });
      expect([authorization, answer.status, answer.headers['www-authenticate']]).toEqual([
        authorization,
        401,
        'Permission realm="cen"',
      ]);
    }
  });

  it('of the key before is good; with its key it goes, and what was spent is forgotten a week later', async () => {
    const [early, spent] = [await buyToken(server), await buyToken(server)];
    const retry = redemption(spent);
    expect(await statusOf(retry)).toBe(202);
    await sealNextSlot(server);

    turnIssuerKey(server.keyRing);
    const forget = () =>
      server.app.get(Database).transaction((client) => server.app.get(Permissions).purgeExpired(client));
    await forget();
    expect(await statusOf(redemption(early))).toBe(202);
    expect(await statusOf(redemption(spent))).toBe(403);
    const late = await buyToken(server);
    expect(await statusOf(redemption(late))).toBe(202);
    await sealNextSlot(server);
    expect(await server.rows('SELECT FROM spent_token')).toHaveLength(3);

    turnIssuerKey(server.keyRing);
    await forget();
    // A replica that still has the first key must find them.
    expect(await server.rows('SELECT FROM spent_token')).toHaveLength(3);
    expect(await statusOf(redemption(early))).toBe(403);
    expect(await statusOf(redemption(spent))).toBe(403);
    expect(await statusOf(redemption(late))).toBe(403);
    // The retry of an accepted report is known without its key.
    expect(await statusOf(retry)).toBe(202);

    turnIssuerKey(server.keyRing, 14 * 86_400 - 1);
    turnIssuerKey(server.keyRing);
    await forget();
    expect(await server.rows('SELECT FROM spent_token')).toHaveLength(1);
  });

  it('that was spent after a backup works again on it, until the issuer keys are replaced', async () => {
    const [spent, other] = [await buyToken(server), await buyToken(server)];
    expect(await statusOf(redemption(spent))).toBe(202);
    await server.rows('DELETE FROM spent_token');
    expect(await statusOf(redemption(spent))).toBe(202);

    await server.rows('DELETE FROM spent_token');
    const request = await blindToken(server);
    await server.app.get(KeyRotation).renewIssuer();
    expect(await statusOf(redemption(spent))).toBe(403);
    expect(await statusOf(redemption(other))).toBe(403);
    // Blinded for the key that is gone: refused before it costs the number.
    const [number] = await server.mint(1);
    expect(await buyAgain(server, number!, request)).toMatchObject({ problem: { code: 'invalid-token-request' } });
    expect(await statusOf(redemption(await buyToken(server, number)))).toBe(202);
  });

  it('that was spent since the last sealing is not forgotten before the next', async () => {
    const token = await buyToken(server);
    expect(await statusOf(redemption(token))).toBe(202);
    for (let turn = 0; turn < 2; turn++) turnIssuerKey(server.keyRing);
    await server.app.get(Database).transaction((client) => server.app.get(Permissions).purgeExpired(client));
    expect(await server.rows('SELECT FROM spent_token')).toHaveLength(1);
    await sealNextSlot(server);
    expect(await counts()).toEqual([1]);
  });
});

describe('what is kept of a token', () => {
  it('has no authority, and counts as a backed report', async () => {
    expect(await statusOf(redemption(await buyToken(server)))).toBe(202);
    const [row] = await server.rows<{ id: string; keyId: string; sealed: Buffer }>(
      'SELECT id::text, key_id AS "keyId", sealed FROM pending_report',
    );
    expect(openPending(row!, server.keyRing)).toMatchObject({ backing: 'token', authority: undefined });
  });

  it('tells after a sealing nothing but that it was there: one writer for all of them', async () => {
    for (let i = 0; i < 3; i++) {
      const token = await buyToken(server);
      expect(await statusOf(redemption(token))).toBe(202);
    }
    const writers = () =>
      server.rows<{ xmin: string }>('SELECT DISTINCT xmin::text FROM spent_token').then((rows) => rows.length);
    expect(await writers()).toBe(3);
    await sealNextSlot(server);
    expect(await writers()).toBe(1);
    expect(await server.rows('SELECT FROM spent_token WHERE settled')).toHaveLength(3);
  });
});

describe('POST /v1/upload-tokens', () => {
  it('checks in the order of protocol section 9', async () => {
    const good = Buffer.from((await blindToken(server)).request, 'base64url');
    const bad = Buffer.alloc(3);
    const [number] = await server.mint(1);
    const cases: [number, string, Parameters<typeof postTokenRequest>[1]][] = [
      [415, 'unsupported-media-type', { body: bad, mediaType: 'application/json' }],
      [415, 'unsupported-media-type', { body: bad, mediaType: undefined }],
      [422, 'invalid-token-request', { body: bad }],
      [401, 'credential-required', { body: good }],
      [401, 'credential-required', { body: good, authorization: 'PrivateToken token="AAAA"' }],
      [401, 'credential-required', { body: good, authorization: 'Chaff 12' }],
      [422, 'invalid-permission-number', { body: good, authorization: 'Permission 482199370157' }],
      [403, 'credential-refused', { body: good, authorization: 'Permission 482199370156' }],
    ];
    for (const [status, code, sent] of cases) {
      const answer = await postTokenRequest(server, sent);
      expect([answer.status, json(answer)['code']]).toEqual([status, code]);
    }
    const answer = await postTokenRequest(server, { body: good, authorization: `Permission ${number}` });
    expect([answer.status, answer.headers['content-type'], answer.body.length]).toEqual([
      200,
      'application/private-token-response',
      256,
    ]);
  });

  it('gives chaff nothing that is worth anything, and keeps nothing', async () => {
    const body = Buffer.from((await blindToken(server)).request, 'base64url');
    const [first, second] = await Promise.all(
      [1, 2].map(() => postTokenRequest(server, { body, authorization: 'Chaff 000000000000' })),
    );
    expect([first!.status, first!.body.length]).toEqual([200, 256]);
    expect(first!.body.equals(second!.body)).toBe(false);
    expect(await server.rows('SELECT FROM retry_proof')).toEqual([]);
  });
});
