import fc from 'fast-check';
import { randomCens } from '../testing/seal.js';
import { REPORT_SIZES, reportBody } from './report-body.js';
import { chaff, newIdempotencyKey, report } from './report.js';
import type { ReportOptions } from './report.js';

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** A server that gives these answers in turn; an Error is a connection that broke. */
function answering(...answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    sent.push({ url, headers: new Headers(init.headers), body: init.body as Uint8Array });
    const answer = answers[Math.min(sent.length, answers.length) - 1]!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer.clone());
  };
  return { sent, fetch };
}

const accepted = () => Response.json({ status: 'accepted', padding: '…' }, { status: 202 });
const problem = (status: number, code: string, headers = {}) =>
  Response.json({ type: `/problems/${code}`, title: 'A title', status, code, detail: 'why' }, { status, headers });

function send(fetch: ReportOptions['fetch'], options: Partial<ReportOptions> = {}) {
  return report({
    baseUrl: 'https://cen.example.org',
    credential: { kind: 'permission', number: '4821 9937-0156' },
    groups: [{ cell: 'world', cens: randomCens(3) }],
    fetch,
    retry: { firstDelayMs: 1 },
    ...options,
  });
}

describe('a report', () => {
  it('is sent packed, with a key of its own', async () => {
    const { sent, fetch } = answering(accepted());
    expect(await send(fetch)).toEqual({ status: 'accepted' });
    const [request] = sent;
    expect(request!.url).toBe('https://cen.example.org/v1/reports');
    expect(request!.headers.get('authorization')).toBe('Permission 482199370156');
    expect(request!.headers.get('content-type')).toBe('application/vnd.cen.report');
    expect(Buffer.from(request!.headers.get('idempotency-key')!, 'base64url')).toHaveLength(16);
    expect(request!.body).toHaveLength(64 * 1024);
  });

  it('is sent again, the same to the byte and with the same key, while it is unknown whether it arrived', async () => {
    const { sent, fetch } = answering(new TypeError('reset'), new Response('bad gateway', { status: 502 }), accepted());
    expect(await send(fetch)).toEqual({ status: 'accepted' });
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
    expect(new Set(sent.map(({ body }) => Buffer.from(body).toString('hex'))).size).toBe(1);
  });

  it('stays unknown after the last attempt, and says with which key to go on', async () => {
    const { sent, fetch } = answering(new Response(null, { status: 500 }));
    const idempotencyKey = newIdempotencyKey();
    const result = await send(fetch, { idempotencyKey, retry: { attempts: 3, firstDelayMs: 1 } });
    expect(result).toMatchObject({ status: 'unknown', idempotencyKey });
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(Array(3).fill(idempotencyKey));
  });

  it('is refused once, without another try', async () => {
    const { sent, fetch } = answering(problem(403, 'permission-refused'));
    expect(await send(fetch)).toEqual({
      status: 'refused',
      problem: { status: 403, code: 'permission-refused', title: 'A title', detail: 'why' },
    });
    expect(sent).toHaveLength(1);
  });

  it('hands other problems on, with how long to wait', async () => {
    const { fetch } = answering(problem(429, 'too-many-requests', { 'Retry-After': '30' }));
    expect(await send(fetch)).toMatchObject({
      status: 'problem',
      problem: { code: 'too-many-requests' },
      retryAfterSeconds: 30,
    });
    const proxy = answering(new Response('<html>', { status: 413 }));
    expect(await send(proxy.fetch)).toEqual({
      status: 'problem',
      problem: { status: 413, code: 'unknown', title: 'HTTP 413' },
    });
  });

  it.each([
    ['a 403', 403, { status: 'problem', problem: { status: 403, code: 'unknown' } }],
    ['a page', 200, { status: 'unknown' }],
  ])(
    'is not taken for refused nor for settled when somebody in between answers with %s',
    async (_, status, expected) => {
      const { fetch } = answering(new Response('<html>sign in</html>', { status }));
      expect(await send(fetch, { retry: { attempts: 2, firstDelayMs: 1 } })).toMatchObject(expected);
    },
  );

  it('does not read an answer without an end, and does not take it for one', async () => {
    let given = 0;
    const fetch = () => {
      const body = new ReadableStream({
        pull(controller) {
          given += 65_536;
          if (given > 8 * 2 ** 20) controller.close();
          else controller.enqueue(new Uint8Array(65_536));
        },
      });
      return Promise.resolve(new Response(body, { status: 403 }));
    };
    const result = await send(fetch, { retry: { attempts: 2, firstDelayMs: 1 } });
    expect(result).toMatchObject({ status: 'unknown', cause: { code: 'too-long' } });
    expect(given).toBeLessThan(2 * (2 ** 20 + 4 * 65_536));
  });

  it('stops waiting when told to', async () => {
    const { sent, fetch } = answering(new TypeError('reset'));
    const stop = new AbortController();
    const sending = send(fetch, { signal: stop.signal, retry: { firstDelayMs: 60_000 } });
    setTimeout(() => stop.abort(new Error('enough')), 10);
    await expect(sending).rejects.toThrow('enough');
    expect(sent).toHaveLength(1);
  });

  it.each([
    [{ kind: 'token', token: 'AAI-_w==' } as const, 'PrivateToken token="AAI-_w=="'],
    [{ kind: 'none' } as const, null],
  ])('carries the credential %j', async (credential, header) => {
    const { sent, fetch } = answering(accepted());
    await send(fetch, { credential });
    expect(sent[0]!.headers.get('authorization')).toBe(header);
  });

  it.each<Partial<ReportOptions>>([
    { groups: [] },
    { groups: [{ cell: 'world', cens: new Uint8Array(0) }] },
    { groups: [{ cell: 'world', cens: new Uint8Array(17) }] },
    { groups: [{ cell: '8428309ffffffff', cens: new Uint8Array(16) }] },
    { credential: { kind: 'permission', number: 'twelve' } },
    { credential: { kind: 'token', token: 'a"b' } },
  ])('is not sent when it is wrong: %j', async (options) => {
    const { sent, fetch } = answering(accepted());
    await expect(send(fetch, options)).rejects.toThrow(RangeError);
    expect(sent).toHaveLength(0);
  });
});

describe('chaff', () => {
  it('has headers as long as those of a report with a number, which encryption would not hide', async () => {
    const { sent, fetch } = answering(accepted());
    await chaff({ baseUrl: 'https://cen.example.org', fetch });
    await send(fetch);
    const lengths = sent.map(({ headers }) => [...headers].map(([name, value]) => [name, value.length]));
    expect(lengths[0]).toEqual(lengths[1]);
  });

  it('has headers as long as those of a report with a token, where it is to look like one', async () => {
    const { sent, fetch } = answering(accepted());
    await chaff({ baseUrl: 'https://cen.example.org', fetch, like: 'token' });
    await send(fetch, { credential: { kind: 'token', token: Buffer.alloc(354).toString('base64url') } });
    const lengths = sent.map(({ headers }) => [...headers].map(([name, value]) => [name, value.length]));
    expect(lengths[0]).toEqual(lengths[1]);
  });

  it('looks like a report of two weeks', async () => {
    const { sent, fetch } = answering(accepted());
    expect(await chaff({ baseUrl: 'https://cen.example.org', fetch })).toEqual({ status: 'accepted' });
    expect(sent[0]!.headers.get('authorization')).toMatch(/^Chaff +\d{12}$/);
    expect(sent[0]!.body).toHaveLength(160 * 1024);
    expect(parse(sent[0]!.body)).toEqual([{ cell: 0n, count: 9072, cens: expect.any(String) }]);
  });
});

/** The other side's reading of protocol §4. */
function parse(body: Uint8Array): { cell: bigint; count: number; cens: string }[] {
  const bytes = Buffer.from(body);
  const groups = [];
  for (let at = 0; at < bytes.length;) {
    const cell = bytes.readBigUInt64LE(at);
    const count = bytes.readUInt32LE(at + 8);
    at += 12;
    if (cell === 0n && count === 0) {
      if (bytes.subarray(at).some((byte) => byte !== 0)) throw new Error('padding is not zero');
      break;
    }
    groups.push({ cell, count, cens: bytes.toString('hex', at, at + 16 * count) });
    at += 16 * count;
  }
  return groups;
}

describe('the body of a report', () => {
  it('reads back, at one of the sizes, whatever the groups', () => {
    const group = fc.record({
      cell: fc.constantFrom('world', '831faafffffffff', 0x8001fffffffffffn),
      count: fc.oneof(fc.nat(20), fc.nat(5000)),
    });
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 8 }), (shapes) => {
        fc.pre(shapes.some(({ count }) => count > 0));
        const groups = shapes.map(({ cell, count }) => ({ cell, cens: randomCens(count) }));
        const body = reportBody(groups);
        const expected = groups
          .filter(({ cens }) => cens.length > 0)
          .map(({ cell, cens }) => ({
            cell: cell === 'world' ? 0n : BigInt(typeof cell === 'string' ? `0x${cell}` : cell),
            count: cens.length / 16,
            cens: Buffer.from(cens).toString('hex'),
          }));
        expect(parse(body)).toEqual(expected);
        expect(REPORT_SIZES.some((size) => body.length === size) || body.length % REPORT_SIZES[2] === 0).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves room for the group that ends the list, or is filled to the last byte', () => {
    // 12 + 16 n = 65,536 − 4: four bytes are too few for the end.
    expect(reportBody([{ cell: 'world', cens: randomCens(4095) }])).toHaveLength(160 * 1024);
    expect(reportBody([{ cell: 'world', cens: randomCens(4094) }])).toHaveLength(64 * 1024);
    // Four groups: 48 + 16 n = 65,536 exactly.
    const exact = [1023, 1023, 1023, 1024].map((count) => ({ cell: 'world', cens: randomCens(count) }));
    expect(reportBody(exact)).toHaveLength(64 * 1024);
    expect(parse(reportBody(exact))).toHaveLength(4);
    expect(reportBody([{ cell: 'world', cens: randomCens(33_000) }])).toHaveLength(1024 * 1024);
  });

  it('sends a CEN once per group, in an order that tells nothing', () => {
    const [a, b] = [new Uint8Array(16).fill(2), new Uint8Array(16).fill(1)];
    const [group] = parse(reportBody([{ cell: 'world', cens: Buffer.concat([a!, b!, a!]) }]));
    expect(group).toMatchObject({ count: 2, cens: '01'.repeat(16) + '02'.repeat(16) });
  });
});
