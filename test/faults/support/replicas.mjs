// What two replicas of one database show the world, at every moment and at the end.
import { get } from './http.mjs';

/** Follows the world's index of one server: what it has listed stays as it is, and what comes is later. */
export class IndexWatch {
  faults = [];
  #server;
  #listed = new Map();
  #latest = 0;

  constructor(server) {
    this.#server = server;
  }

  /** One look. A server that is stopped gets none: it is paused by the same loop that looks. */
  async look() {
    const { body } = await get(`${this.#server.url}/v1/regions/world`);
    const { batches } = JSON.parse(body);
    const now = new Map(batches.map((batch) => [`${batch.start}-${batch.part}`, batch]));
    for (const [name, sha256] of this.#listed) {
      if (now.get(name)?.encodings.full.sha256 !== sha256) this.#fault(`batch ${name} has changed or gone`);
    }
    for (const [name, { start, encodings }] of now) {
      if (!this.#listed.has(name) && start < this.#latest) this.#fault(`batch ${name} came after a later one`);
      this.#listed.set(name, encodings.full.sha256);
    }
    this.#latest = Math.max(this.#latest, ...batches.map(({ start }) => start));
  }

  #fault(text) {
    this.faults.push(`index of ${this.#server.name}: ${text}`);
  }
}

/** Compares every index and every file of two servers, byte by byte and with ETag. */
export async function compareServers(first, second) {
  let files = 0;
  let bytes = 0;
  const different = [];
  const regions = ['world'];
  const same = async (path) => {
    const [one, other] = await Promise.all([get(`${first.url}${path}`), get(`${second.url}${path}`)]);
    files += 1;
    bytes += one.body.length;
    if (!one.body.equals(other.body) || one.headers.etag !== other.headers.etag) different.push(path);
    return one.body;
  };
  for (const region of regions) {
    const index = JSON.parse(await same(`/v1/regions/${region}`));
    regions.push(...index.children);
    for (const { encodings } of [...index.batches, ...index.days]) {
      for (const { url } of Object.values(encodings)) await same(url);
    }
  }
  const text = `  ${files} indexes and files, ${bytes} bytes, compared between the two: ${different.length} differ`;
  return { right: different.length === 0, text: [text, ...different.map((path) => `  ✘ ${path}`)].join('\n') };
}
