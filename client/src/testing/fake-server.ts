import { toHex } from '../bytes.js';
import { formatCenSignature, signedDocument } from '../documents/cen-signature.js';
import type { BatchEncoding } from '../batch/header.js';
import { lineage, regionId } from '../regions/region.js';
import { seal, sha256, signingKey, testKey } from './seal.js';
import type { SealOptions, TestKey } from './seal.js';
import { toBase64Url } from '../bytes.js';

const DAY = 86_400;

export const rootKey = testKey('root');
export const rootKeyText = toBase64Url(rootKey.publicKey);

interface Published {
  readonly region: bigint;
  readonly start: number;
  readonly part: number;
  readonly count: number;
  readonly sealedAt: number;
  readonly key: TestKey;
  readonly files: Record<BatchEncoding, Uint8Array>;
}

/** A server in memory that answers `GET` as protocol §3 says; specs change what they want wrong. */
export class FakeServer {
  readonly batches: Published[] = [];
  /** Days that have a bundle, as the Unix seconds of their start. */
  readonly bundled = new Set<number>();
  /** Paths asked for, in order, with the status answered. */
  readonly log: string[] = [];
  keys: TestKey[] = [signingKey];
  indexKey: TestKey = signingKey;
  settings: Record<string, unknown> = {};
  /** How long signatures of documents hold, in seconds. */
  validity = 600;
  /** Whether a 304 repeats the signature. */
  signs304 = true;
  /** The last word on an answer. */
  answer: (path: string, response: Response) => Response | Promise<Response> = (_, response) => response;

  constructor(public now: number) {}

  publish(region: bigint, start: number, cens: Uint8Array, options: SealOptions = {}): void {
    const { part = 0, slotSeconds = 3600, key = signingKey } = options;
    const sealedAt = options.sealedAt ?? start + slotSeconds;
    const about = { ...options, region, slotStart: start, sealedAt, part, key };
    const files = { compact: seal('compact', cens, about), full: seal('full', cens, about) };
    this.batches.push({ region, start, part, count: cens.length / 16, sealedAt, key, files });
  }

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { pathname } = new URL(url);
    const headers = new Headers(init.headers);
    const response = await this.answer(pathname, this.#respond(pathname, headers.get('If-None-Match')));
    this.log.push(`${response.status} ${pathname}`);
    return response;
  };

  #respond(path: string, ifNoneMatch: string | null): Response {
    if (path === '/v1') return Response.json({ ...this.#settings(), ...this.settings });
    if (path === '/v1/keys') return this.#signed(this.#keySet(), rootKey, ifNoneMatch);
    const [, region = '', kind, name = ''] = /^\/v1\/regions\/(\w+)(?:\/(batches|days)\/(.+))?$/.exec(path) ?? [];
    if (!kind) return this.#signed(this.#index(region), this.indexKey, ifNoneMatch);
    const file = kind === 'batches' ? this.#batch(region, name) : this.#bundle(region, name);
    return file ? new Response(new Uint8Array(file)) : new Response(null, { status: 404 });
  }

  #signed(document: unknown, key: TestKey, ifNoneMatch: string | null): Response {
    const body = new TextEncoder().encode(JSON.stringify(document));
    const etag = `"${toHex(sha256(body))}"`;
    const validUntil = this.now + this.validity;
    const signature = key.sign(signedDocument(validUntil, body));
    const signed = { 'CEN-Signature': formatCenSignature({ keyId: key.keyId, validUntil, signature }) };
    if (ifNoneMatch === etag) {
      return new Response(null, { status: 304, headers: { ETag: etag, ...(this.signs304 && signed) } });
    }
    return new Response(body, { headers: { ETag: etag, ...signed } });
  }

  #settings() {
    return {
      protocol: 1,
      serverTime: this.now,
      slotSeconds: 3600,
      retentionDays: 21,
      cellResolution: 3,
      regionMaxResolution: 3,
      reportKind: 'cen',
      uploadPolicy: 'permission',
      encodings: ['compact', 'full'],
      maxReportCens: 32_000,
      minReports: 5,
      keysUrl: '/v1/keys',
    };
  }

  #keySet() {
    const keys = this.keys.map(({ keyId, publicKey }) => ({
      kty: 'OKP',
      crv: 'Ed25519',
      kid: keyId,
      x: toBase64Url(publicKey),
    }));
    return { keys: [...keys, { kty: 'RSA', kid: 'of-another-kind' }] };
  }

  #index(id: string) {
    const own = this.#of(id);
    const live = this.batches.flatMap(({ region }) => lineage(region));
    const children = live.filter(
      (region, i) => live.indexOf(region) === i && regionId(lineage(region)[1] ?? -1n) === id,
    );
    const days = [...this.bundled].filter((day) => this.#ofDay(id, day).length > 0);
    return {
      region: id,
      parent: null,
      children: children.map(regionId),
      batches: own
        .filter(({ start }) => start > this.now - 2 * DAY || !this.bundled.has(start - (start % DAY)))
        .map(({ start, part, count, sealedAt, files }) => ({
          start,
          part,
          count,
          sealedAt,
          encodings: listed((encoding) => files[encoding], `/v1/regions/${id}/batches/${start}-${part}`),
        })),
      days: days.map((day) => {
        const date = dateOf(day);
        const batches = this.#ofDay(id, day);
        const count = batches.reduce((sum, batch) => sum + batch.count, 0);
        const encodings = listed((encoding) => concat(batches, encoding), `/v1/regions/${id}/days/${date}`);
        return { date, count, batches: batches.length, encodings };
      }),
    };
  }

  #of(id: string): Published[] {
    return this.batches
      .filter(({ region }) => regionId(region) === id)
      .sort((a, b) => a.start - b.start || a.part - b.part);
  }

  #ofDay(id: string, day: number): Published[] {
    return this.#of(id).filter(({ start }) => start - (start % DAY) === day);
  }

  #batch(id: string, name: string): Uint8Array | undefined {
    const [, start, part, encoding] = /^(\d+)-(\d+)\.(compact|full)$/.exec(name) ?? [];
    const batch = this.#of(id).find((one) => `${one.start}` === start && `${one.part}` === part);
    return batch?.files[encoding as BatchEncoding];
  }

  #bundle(id: string, name: string): Uint8Array | undefined {
    const [, date, encoding] = /^([\d-]+)\.(compact|full)$/.exec(name) ?? [];
    const day = [...this.bundled].find((one) => dateOf(one) === date);
    return day === undefined ? undefined : concat(this.#ofDay(id, day), encoding as BatchEncoding);
  }
}

function dateOf(day: number): string {
  return new Date(day * 1000).toISOString().slice(0, 10);
}

function concat(batches: readonly Published[], encoding: BatchEncoding): Uint8Array {
  return Buffer.concat(batches.map(({ files }) => files[encoding]));
}

function listed(file: (encoding: BatchEncoding) => Uint8Array, url: string) {
  const entry = (encoding: BatchEncoding) => ({
    url: `${url}.${encoding}`,
    bytes: file(encoding).length,
    sha256: toHex(sha256(file(encoding))),
  });
  return { compact: entry('compact'), full: entry('full') };
}
