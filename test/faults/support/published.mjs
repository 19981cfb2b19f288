// Reads everything that a server has published, as anybody may, and believes nothing that is not signed.
import { createHash } from 'node:crypto';
import {
  defaultPrimitives,
  ed25519KeyId,
  parseKeySet,
  parseRegionIndex,
  readBatch,
  readPublicKey,
  regionId,
  verifyDocument,
  WORLD,
} from 'cen-client';
import { get } from './http.mjs';
import { hexCens } from './reports.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** Reads batches of one server and keeps them: they never change, and a second look that finds another hash throws. */
export class PublishedReader {
  #url;
  #isSought;
  #findRoot;
  #batches = new Map();

  /** @param isSought says of a CEN in hex whether it is to be remembered: decoys are not */
  constructor(url, rootKey, isSought) {
    this.#url = url;
    this.#isSought = isSought;
    const root = readPublicKey(rootKey);
    const rootId = ed25519KeyId(root, sha256);
    this.#findRoot = (id) => (id === rootId ? root : undefined);
  }

  /** Every batch of every region: `{ region, start, part, count, sha256, cens }`, of the CENs those sought, in hex. */
  async readAll() {
    const keys = parseKeySet((await this.#document('/v1/keys', this.#findRoot)).toString(), sha256);
    const findKey = (id) => keys.get(id);
    const found = [];
    const regions = [WORLD];
    for (const region of regions) {
      const body = await this.#document(`/v1/regions/${regionId(region)}`, findKey);
      const index = parseRegionIndex(body.toString(), region);
      regions.push(...index.children);
      for (const listed of index.batches) found.push(await this.#batch(region, listed, findKey));
    }
    return found;
  }

  async #document(path, findKey) {
    const { body, headers } = await get(`${this.#url}${path}`);
    await verifyDocument(body, headers['cen-signature'] ?? null, {
      findKey,
      now: Date.now() / 1000,
      primitives: defaultPrimitives,
    });
    return body;
  }

  async #batch(region, listed, findKey) {
    const { start, part, encodings } = listed;
    const name = `${regionId(region)}/${start}-${part}`;
    const known = this.#batches.get(name);
    if (known !== undefined) {
      if (known.sha256 !== encodings.full.sha256) throw new Error(`${name} has changed after its sealing`);
      return known;
    }
    const { body } = await get(`${this.#url}${encodings.full.url}`);
    if (sha256(body).toString('hex') !== encodings.full.sha256) throw new Error(`${name} is not what its index says`);
    const cens = [];
    const visit = () => ({ cens: (packed) => cens.push(...hexCens(packed).filter(this.#isSought)) });
    const { header } = await readBatch(body, { findKey, visit });
    if (header.region !== region || header.slotStart !== start || header.part !== part)
      throw new Error(`${name} holds another batch`);
    const batch = { region, start, part, count: header.count, sha256: encodings.full.sha256, cens };
    this.#batches.set(name, batch);
    return batch;
  }
}
