import type { Primitives } from '../crypto/primitives.js';
import { CEN_SIGNATURE_HEADER, parseCenSignature } from '../documents/cen-signature.js';
import { DocumentError } from '../documents/document-error.js';
import { ed25519KeyId } from '../documents/key-id.js';
import { parseKeySet, readPublicKey } from '../documents/key-set.js';
import type { KeySet } from '../documents/key-set.js';
import { parseRegionIndex } from '../documents/region-index.js';
import type { RegionIndex } from '../documents/region-index.js';
import { verifyDocument } from '../documents/verify-document.js';
import type { FindKey } from '../batch/read-batch.js';
import { HttpStatusError } from '../http.js';
import type { Server } from '../http.js';
import { regionId } from '../regions/region.js';
import type { CachedDocument, Progress } from './cursor.js';

export interface DocumentOptions {
  readonly rootKey: string;
  readonly keysUrl: string;
  readonly now: () => number;
  readonly primitives: Primitives;
}

/** A key has about 150 bytes. */
const MOST_KEYS_BYTES = 2 ** 20;
/** A batch has about 600 bytes in an index, a day as well: more than a day of slots of two seconds. */
const MOST_INDEX_BYTES = 32 * 2 ** 20;

/** Keys and indexes: fetched, or found unchanged, and in either case verified before anything reads them. */
export class TrustedDocuments {
  readonly #root: ReadonlyMap<string, Uint8Array>;
  #keys: KeySet | undefined;
  #keysAreFresh = false;

  /** Throws RangeError if the root key is not 32 bytes in base64url. */
  constructor(
    private readonly server: Server,
    private readonly progress: Progress,
    private readonly options: DocumentOptions,
  ) {
    const key = readPublicKey(options.rootKey);
    this.#root = new Map([[ed25519KeyId(key, this.#sha256), key]]);
  }

  /** The keys that sign batches and indexes, signed by the root key. */
  async loadKeys(): Promise<void> {
    const { keysUrl } = this.options;
    const body = await this.#fetch(keysUrl, (id) => this.#root.get(id), this.progress.document(keysUrl));
    this.#keys = parseKeySet(body, this.#sha256);
  }

  /** A signing key. A key that is not known may be newer than the copy of the keys that was had: they are fetched once more. */
  readonly findKey: FindKey = async (keyId) => {
    const known = this.#keys?.get(keyId);
    if (known || this.#keysAreFresh) return known;
    this.#keysAreFresh = true;
    const body = await this.#fetch(this.options.keysUrl, (id) => this.#root.get(id), undefined);
    this.#keys = parseKeySet(body, this.#sha256);
    return this.#keys.get(keyId);
  };

  /** The index of a region. */
  async index(region: bigint): Promise<RegionIndex> {
    const path = `/v1/regions/${regionId(region)}`;
    return parseRegionIndex(await this.#fetch(path, this.findKey, this.progress.document(path)), region);
  }

  /** The body of a signed document, verified; with `cached`, it is asked for only if it has changed. */
  async #fetch(path: string, findKey: FindKey, cached: CachedDocument | undefined): Promise<string> {
    const response = await this.server.request(path, { headers: cached ? { 'If-None-Match': cached.etag } : {} });
    const unchanged = response.status === 304 && cached !== undefined;
    if (!unchanged && response.status !== 200) throw new HttpStatusError(response.status, path);
    // A 304 renews the signature; where one comes without, that of the copy may still be valid.
    const signature = response.headers.get(CEN_SIGNATURE_HEADER) ?? (unchanged ? cached.signature : null);
    const bytes = unchanged ? encode(cached.body) : await this.server.bytes(response, path, this.#mostBytesOf(path));
    try {
      await this.#verify(bytes, signature, findKey);
    } catch (error) {
      if (unchanged && error instanceof DocumentError) return this.#fetch(path, findKey, undefined);
      throw error;
    }
    const copy = this.progress.document(path);
    if (copy && validUntil(signature) < validUntil(copy.signature) && (await this.#isTrusted(copy, findKey)))
      return copy.body;
    const body = decode(bytes);
    const etag = response.headers.get('ETag') ?? (unchanged ? cached.etag : undefined);
    if (etag && signature) this.progress.keepDocument(path, { etag, signature, body });
    return body;
  }

  /**
   * Of two documents the one that is valid longer was signed later. What comes may be an old one that somebody plays back, or comes from a
   * replica that signed the same one earlier: the copy counts, and nothing that was listed is taken back.
   */
  async #isTrusted(copy: CachedDocument, findKey: FindKey): Promise<boolean> {
    try {
      await this.#verify(encode(copy.body), copy.signature, findKey);
      return true;
    } catch (error) {
      if (error instanceof DocumentError) return false;
      throw error;
    }
  }

  async #verify(bytes: Uint8Array, signature: string | null, findKey: FindKey): Promise<void> {
    const { now, primitives } = this.options;
    await verifyDocument(bytes, signature, { findKey, now: now(), primitives });
  }

  #mostBytesOf(path: string): number {
    return path === this.options.keysUrl ? MOST_KEYS_BYTES : MOST_INDEX_BYTES;
  }

  readonly #sha256 = (bytes: Uint8Array): Uint8Array => {
    const hash = this.options.primitives.sha256();
    hash.update(bytes);
    return hash.digest();
  };
}

function validUntil(signature: string | null): number {
  return parseCenSignature(signature ?? '')?.validUntil ?? 0;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Exactly reversible: no byte-order mark is dropped, nothing that is not UTF-8 is replaced. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
