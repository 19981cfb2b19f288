import { createHash } from 'node:crypto';
import { latLngToCell } from 'h3-js';
import { json } from '../support/http-client.js';
import { hexCens, newIdempotencyKey, packReport, randomCens } from '../support/packed-report.js';
import { indexOf, type KeysJson, readBatchFile } from '../support/published.js';
import { type ReportToSend, startTestServer, type TestServer } from '../support/test-server.js';

const CELL = BigInt(`0x${latLngToCell(52.52, 13.405, 3)}`);
const TOO_FINE = BigInt(`0x${latLngToCell(52.52, 13.405, 4)}`);
const MAX_CENS = 1000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { MAX_REPORT_CENS: String(MAX_CENS), SEAL_MAX_CENS: '100000' } });
  await server.seal();
});
afterAll(() => server.close());

/** All CENs of the batches that one sealing published, in hex. */
async function publishedNow(of = server): Promise<string[]> {
  await of.moveClock(3600);
  const outcome = await of.seal();
  if (outcome.kind !== 'sealed') throw new Error(outcome.kind);
  const keys = json<KeysJson>(await of.get('/v1/keys')).keys.map(({ x }) => x);
  const fresh = indexOf(await of.get('/v1/regions/world')).batches.filter(({ start }) => start === outcome.slot);
  const files = await Promise.all(fresh.map(({ encodings }) => of.get(encodings['full']!.url)));
  return files.flatMap(({ body }) => readBatchFile(body, keys).cens);
}

interface Stored {
  readonly pending: number;
  readonly numbers: number;
  readonly proofs: number;
}

async function stored(of = server): Promise<Stored> {
  const [row] = await of.rows<Stored>(
    `SELECT (SELECT count(*)::int FROM pending_report) AS pending, (SELECT count(*)::int FROM permission_number) AS numbers,
            (SELECT count(*)::int FROM retry_proof) AS proofs`,
  );
  return row!;
}

async function number(): Promise<string> {
  return (await server.mint(1))[0]!;
}

/** A number of the right form that was never minted, or is wrong in its last digit. */
function unknownNumber(live: string): string {
  const digits = Array.from(live, Number);
  // The check digit is linear in no field that matters here: try changes of the first digits until one checks.
  for (let change = 1; change < 100; change++) {
    const head = String((Number(live.slice(0, 2)) + change) % 100).padStart(2, '0');
    const candidate = head + digits.slice(2).join('');
    if (damm(candidate) === 0) return candidate;
  }
  throw new Error('unreachable');
}

/** Damm's check (protocol section 5), from the standard table: a number with its check digit gives 0. */
function damm(digits: string): number {
  const table = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978'].concat([
    '3674209581',
    '5869720134',
    '8945362017',
    '9438617205',
    '2581436790',
  ]);
  return Array.from(digits, Number).reduce((interim, digit) => Number(table[interim]![digit]), 0);
}

const mistyped = (live: string) => live.slice(0, -1) + String((Number(live.at(-1)) + 1) % 10);

describe('a report that is accepted', () => {
  // What other tests left is out of the way.
  beforeEach(() => publishedNow());

  it('is published, whichever media type carried it, in the region or an ancestor, each CEN once', async () => {
    const packed = randomCens(5);
    const asJson = randomCens(4);
    const [one, two] = await server.mint(2);
    const answers = [
      await server.report({
        number: one,
        groups: [
          { cell: CELL, cens: Buffer.concat([packed, packed]) },
          { cell: 0n, cens: packed.subarray(0, 16) },
        ],
      }),
      await server.report({
        number: `${two!.slice(0, 4)}-${two!.slice(4, 8)} ${two!.slice(8)}`,
        mediaType: 'application/json; charset=utf-8',
        body: JSON.stringify({ groups: [{ region: 'world', cens: asJson.toString('base64') }], padding: 'xyz' }),
      }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(202);
      expect(json(answer)).toEqual({ status: 'accepted' });
    }
    expect((await publishedNow()).sort()).toEqual([...hexCens(packed), ...hexCens(asJson)].sort());
  });

  it('may be padded with zeros to any size, and its padding is not stored', async () => {
    const cens = randomCens(3);
    const sizes = [64 * 1024, 160 * 1024, 512 * 1024, 12 * 7];
    for (const size of sizes) {
      const body = packReport([{ cell: 0n, cens }], size);
      expect((await server.report({ number: await number(), body })).status).toBe(202);
    }
    const rows = await server.rows<{ bytes: number }>('SELECT octet_length(sealed) AS bytes FROM pending_report');
    expect(rows.map(({ bytes }) => bytes).every((bytes) => bytes < 200)).toBe(true);
    expect((await publishedNow()).sort()).toEqual(hexCens(cens).sort());
  });

  it('may be as large as the limit', async () => {
    const cens = randomCens(MAX_CENS);
    expect((await server.report({ number: await number(), groups: [{ cell: 0n, cens }] })).status).toBe(202);
    expect((await publishedNow()).length).toBe(MAX_CENS);
  });
});

describe('chaff', () => {
  beforeEach(() => publishedNow());

  it('gets the answer of an accepted report and leaves nothing', async () => {
    const before = await stored();
    for (const digits of ['000000000000', '123456789012']) {
      const answer = await server.report({
        authorization: `Chaff ${digits}`,
        groups: [{ cell: 0n, cens: randomCens(3) }],
      });
      expect([answer.status, json(answer)]).toEqual([202, { status: 'accepted' }]);
    }
    expect(await stored()).toEqual(before);
    expect(await publishedNow()).toEqual([]);
  });

  it('is checked like a report', async () => {
    expect((await server.report({ authorization: 'Chaff 000000000000', body: Buffer.alloc(5) })).status).toBe(422);
  });
});

describe('a report that is refused', () => {
  const cens = randomCens(2);
  const good = packReport([{ cell: 0n, cens }]);
  const group = (cell: bigint, count: number, bytes: number) => {
    const body = packReport([{ cell, cens: Buffer.alloc(bytes, 1) }]);
    body.writeUInt32LE(count, 8);
    return body;
  };

  const cases: [string, number, string, Partial<ReportToSend>][] = [
    ['of another media type', 415, 'unsupported-media-type', { mediaType: 'text/plain' }],
    ['without a media type', 415, 'unsupported-media-type', { mediaType: undefined }],
    ['that is compressed', 415, 'unsupported-media-type', { headers: { 'content-encoding': 'gzip' } }],
    ['with too many bytes', 413, 'payload-too-large', { body: Buffer.alloc(700_000) }],
    [
      'with too many CENs',
      413,
      'report-too-large',
      { body: packReport([{ cell: 0n, cens: randomCens(MAX_CENS + 1) }]) },
    ],
    [
      'with too many CENs in all its groups',
      413,
      'report-too-large',
      { body: packReport([0n, CELL].map((cell) => ({ cell, cens: randomCens(501) }))) },
    ],
    [
      'with too many CENs as JSON',
      413,
      'report-too-large',
      {
        mediaType: 'application/json',
        body: JSON.stringify({ groups: [{ region: 'world', cens: randomCens(MAX_CENS + 1).toString('base64') }] }),
      },
    ],
    ['without an Idempotency-Key', 400, 'missing-idempotency-key', { idempotencyKey: null }],
    ['with a short Idempotency-Key', 400, 'missing-idempotency-key', { idempotencyKey: 'AAECAwQFBgcICQoLDA0OD' }],
    [
      'with an Idempotency-Key that is no base64url',
      400,
      'missing-idempotency-key',
      { idempotencyKey: 'AAECAwQFBgcICQoLDA0OD/' },
    ],
    [
      'with an Idempotency-Key of 16 bytes and some bits',
      400,
      'missing-idempotency-key',
      { idempotencyKey: 'AAECAwQFBgcICQoLDA0ODx' },
    ],
    ['that is empty', 422, 'invalid-report', { body: Buffer.alloc(0) }],
    ['of padding alone', 422, 'invalid-report', { body: Buffer.alloc(64) }],
    ['whose groups are all empty', 422, 'invalid-report', { body: packReport([{ cell: CELL, cens: randomCens(0) }]) }],
    ['cut off in a group', 422, 'invalid-report', { body: good.subarray(0, -1) }],
    ['cut off in the head of a group', 422, 'invalid-report', { body: Buffer.concat([good, Buffer.alloc(11)]) }],
    ['that counts more CENs than it holds', 422, 'invalid-report', { body: group(0n, 3, 32) }],
    ['that counts 2^32 - 1 CENs', 422, 'invalid-report', { body: group(0n, 0xffff_ffff, 32) }],
    ['that counts fewer CENs than it holds', 422, 'invalid-report', { body: group(0n, 1, 32) }],
    [
      'with padding that is not zero',
      422,
      'invalid-report',
      { body: Buffer.concat([good, Buffer.alloc(30), Buffer.from([1])]) },
    ],
    ['of a cell that is none', 422, 'invalid-report', { body: packReport([{ cell: 7n, cens }]) }],
    ['of a cell that is too fine', 422, 'invalid-report', { body: packReport([{ cell: TOO_FINE, cens }]) }],
    ['that is no JSON', 422, 'invalid-report', { mediaType: 'application/json', body: '{"groups":' }],
    ['of JSON null', 422, 'invalid-report', { mediaType: 'application/json', body: 'null' }],
    [
      'of JSON with a region that is none',
      422,
      'invalid-report',
      { mediaType: 'application/json', body: '{"groups":[{"region":"mars","cens":"AAECAwQFBgcICQoLDA0ODw=="}]}' },
    ],
    [
      'of JSON with 15 bytes',
      422,
      'invalid-report',
      { mediaType: 'application/json', body: '{"groups":[{"region":"world","cens":"AAECAwQFBgcICQoLDA0O"}]}' },
    ],
    [
      'of JSON with an unknown member',
      422,
      'invalid-report',
      {
        mediaType: 'application/json',
        body: '{"groups":[{"region":"world","cens":"AAECAwQFBgcICQoLDA0ODw=="}],"spam":1}',
      },
    ],
    ['without a credential', 401, 'credential-required', { authorization: undefined }],
    ['with an unknown scheme', 401, 'credential-required', { authorization: 'Bearer abc' }],
    ['with chaff of eleven digits', 401, 'credential-required', { authorization: 'Chaff 00000000000' }],
    ['with an empty scheme', 401, 'credential-required', { authorization: 'Permission' }],
    ['with a number of eleven digits', 422, 'invalid-permission-number', { authorization: 'Permission 48219937015' }],
    ['with letters for a number', 422, 'invalid-permission-number', { authorization: 'Permission abcdefghijkl' }],
  ];

  it.each(cases)('%s: %i %s, with no trace and nothing spent', async (_, status, code, change) => {
    const live = await number();
    const before = await stored();
    const answer = await server.report({
      ...('authorization' in change ? {} : { number: live }),
      body: good,
      ...change,
    });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    const problem = json(answer);
    expect(problem).toMatchObject({ type: `/problems/${code}`, code, status, title: expect.any(String) });
    expect(problem['detail']).toEqual(expect.any(String));
    if (code === 'invalid-report')
      expect(problem['errors']).toEqual([expect.objectContaining({ detail: expect.any(String) })]);
    if (status === 401) expect(answer.headers['www-authenticate']).toContain('Permission');
    expect(await stored()).toEqual(before);
    expect((await server.report({ number: live, body: good })).status).toBe(202);
  });

  it('for its number: wrong, used and expired ones get one and the same 403, a mistyped one 422', async () => {
    const [used, expired, live] = await server.mint(3);
    await server.report({ number: used, body: good });
    await server.rows(`UPDATE permission_number SET expires_at = cen_now() WHERE digest <> ALL ($1)`, [
      [Buffer.alloc(1)],
    ]);
    const refusals = [used!, expired!, unknownNumber(live!)].map((wrong) =>
      server.report({ number: wrong, body: good }),
    );
    const bodies = (await Promise.all(refusals)).map(({ status, body }) => `${status} ${body.toString()}`);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('403 {"type":"/problems/credential-refused"');
    const answer = await server.report({ number: mistyped(live!), body: good });
    expect([answer.status, json(answer)['code']]).toEqual([422, 'invalid-permission-number']);
    expect(answer.body.toString()).not.toContain(mistyped(live!));
  });
});

/** Every fault that a request can have, in the order in which protocol section 9 has them looked for. */
describe('of two faults the one that is checked first is told', () => {
  const FAULTS: [string, string, Partial<ReportToSend>][] = [
    ['media type', 'unsupported-media-type', { mediaType: 'text/plain' }],
    ['size', 'report-too-large', { body: packReport([{ cell: 0n, cens: randomCens(MAX_CENS + 1) }]) }],
    ['Idempotency-Key', 'missing-idempotency-key', { idempotencyKey: null }],
    ['body', 'invalid-report', { body: packReport([{ cell: 7n, cens: randomCens(1) }]) }],
    ['credential', 'credential-required', { authorization: 'Basic abc' }],
    ['check digit', 'invalid-permission-number', { authorization: 'Permission 482199370157' }],
    ['number', 'credential-refused', { authorization: 'Permission 000000000000' }],
  ];
  const pairs = FAULTS.flatMap((first, index) => FAULTS.slice(index + 1).map((second) => [first, second] as const))
    .filter(([first, second]) => !Object.keys(first[2]).some((key) => key in second[2]))
    .map(([[first, code, one], [second, , two]]) => [first, second, code, { ...one, ...two }] as const);

  it.each(pairs)('%s before %s: %s', async (_, __, code, faults) => {
    const answer = await server.report({ body: packReport([{ cell: 0n, cens: randomCens(1) }]), ...faults });
    expect(json(answer)).toMatchObject({ code });
  });

  it('too many CENs before an impossible cell, although the cell comes first in the body', async () => {
    const groups = [
      { cell: 7n, cens: randomCens(1) },
      { cell: 0n, cens: randomCens(MAX_CENS) },
    ];
    expect((await server.report({ groups, idempotencyKey: null })).status).toBe(413);
    const body = JSON.stringify({
      groups: groups.map(({ cell, cens }) => ({
        region: cell === 0n ? 'world' : 'mars',
        cens: cens.toString('base64'),
      })),
    });
    expect((await server.report({ body, mediaType: 'application/json' })).status).toBe(413);
  });
});

describe('one number', () => {
  it('buys one report, however many come at once', async () => {
    const live = await number();
    const before = await stored();
    const reports = Array.from({ length: 100 }, (_, index) => ({
      number: live,
      groups: [{ cell: 0n, cens: Buffer.alloc(16, index + 1) }],
      idempotencyKey: newIdempotencyKey(),
    }));
    const statuses = (await Promise.all(reports.map((report) => server.report(report)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 202).length).toBe(1);
    expect(statuses.filter((status) => status === 403).length).toBe(99);
    expect((await stored()).pending).toBe(before.pending + 1);
    const winner = statuses.indexOf(202);
    const published = await publishedNow();
    expect(published).toContain(Buffer.alloc(16, winner + 1).toString('hex'));
    const losers = reports.filter((_, index) => index !== winner).flatMap(({ groups }) => hexCens(groups[0]!.cens));
    expect(published.filter((cen) => losers.includes(cen))).toEqual([]);
  });

  it('accepts the same request sent a hundred times at once as one', async () => {
    const report = {
      number: await number(),
      groups: [{ cell: 0n, cens: randomCens(1) }],
      idempotencyKey: newIdempotencyKey(),
    };
    const before = await stored();
    const answers = await Promise.all(Array.from({ length: 100 }, () => server.report(report)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.toString()}`))).toEqual(
      new Set(['202 {"status":"accepted"}']),
    );
    expect((await stored()).pending).toBe(before.pending + 1);
  });
});

describe('a deployment of its own kind', () => {
  it('of preimages publishes what the phones broadcast: the start of SHA-256("CEN1" and the secret)', async () => {
    const preimages = await startTestServer({ settings: { REPORT_KIND: 'preimage' } });
    try {
      await preimages.seal();
      expect(json(await preimages.get('/v1'))).toMatchObject({ reportKind: 'preimage' });
      const secrets = randomCens(3);
      const [one] = await preimages.mint(1);
      expect((await preimages.report({ number: one, groups: [{ cell: 0n, cens: secrets }] })).status).toBe(202);
      const cens = hexCens(secrets).map((secret) =>
        createHash('sha256').update('CEN1').update(Buffer.from(secret, 'hex')).digest('hex').slice(0, 32),
      );
      expect((await publishedNow(preimages)).sort()).toEqual(cens.sort());
    } finally {
      await preimages.close();
    }
  });

  it('of version-4 UUIDs refuses any other CEN, in either media type, and spends nothing', async () => {
    const uuids = await startTestServer({ settings: { CEN_SHAPE: 'uuid4' } });
    try {
      const [live] = await uuids.mint(1);
      const uuid = Buffer.from('0b5d5f4cf9a14d5bb0a4e6f14f4cb8a1', 'hex');
      for (const [at, bits] of [
        [6, 0x10],
        [6, 0x80],
        [8, 0x40],
        [8, 0x80],
      ] as const) {
        const other = Buffer.from(uuid);
        other[at] = other[at]! ^ bits;
        const cens = Buffer.concat([uuid, other]);
        const packed = await uuids.report({ number: live, groups: [{ cell: 0n, cens }] });
        const asJson = JSON.stringify({ groups: [{ region: 'world', cens: cens.toString('base64') }] });
        const text = await uuids.report({ number: live, body: asJson, mediaType: 'application/json' });
        expect([packed.status, text.status]).toEqual([422, 422]);
        expect(json(packed)).toMatchObject({ code: 'invalid-report', errors: [{ pointer: '/groups/0/cens' }] });
      }
      expect((await uuids.report({ number: live, groups: [{ cell: 0n, cens: uuid }] })).status).toBe(202);
    } finally {
      await uuids.close();
    }
  });

  it('that is open takes reports without a credential, once for each key, and numbers too', async () => {
    const open = await startTestServer({ settings: { UPLOAD_POLICY: 'open', MIN_REPORTS: '5' } });
    try {
      await open.seal();
      const unbacked = { groups: [{ cell: 0n, cens: randomCens(2) }], idempotencyKey: newIdempotencyKey() };
      for (let sent = 0; sent < 3; sent++) expect((await open.report(unbacked)).status).toBe(202);
      const [live] = await open.mint(1);
      const backed = { number: live, groups: [{ cell: 0n, cens: randomCens(1) }] };
      expect((await open.report(backed)).status).toBe(202);
      expect((await open.report({ ...backed, idempotencyKey: newIdempotencyKey() })).status).toBe(403);
      expect((await open.report({ ...unbacked, authorization: 'Basic abc' })).status).toBe(401);
      expect(await stored(open)).toMatchObject({ pending: 2 });
      // Nothing backs them, so that nothing waits for MIN_REPORTS.
      const cens = [...hexCens(unbacked.groups[0]!.cens), ...hexCens(backed.groups[0]!.cens)];
      expect((await publishedNow(open)).sort()).toEqual(cens.sort());
      expect((await open.report(unbacked)).status).toBe(202);
      expect(await stored(open)).toMatchObject({ pending: 0 });
    } finally {
      await open.close();
    }
  });
});
