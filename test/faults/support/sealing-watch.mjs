// Sees from outside, on a connection of its own, when a sealing has begun to write: the moment that is worth a kill.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** The advisory lock of the sealing (`sealing.repository.ts`): "seal" in ASCII. */
const SEALING_LOCK = 0x7365616c;
const LOOK_MS = 3;

// A transaction has an id from its first write on.
const SEALER = `SELECT activity.pid, application_name AS name FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
  WHERE locktype = 'advisory' AND classid = 0 AND objid = ${SEALING_LOCK} AND granted AND backend_xid IS NOT NULL`;

/** Who is in the middle of a sealing. Survives the death of the server that it looks at. */
export class SealingWatch {
  #url;
  #client;

  /** @param url of a superuser, who sees the sessions of others */
  constructor(url) {
    this.#url = url;
  }

  /** The backend that is in the middle of a sealing now: `{ pid, name }`, undefined when none is or nobody can say. */
  async sealer() {
    const client = (this.#client ??= await this.#connect());
    if (client === undefined) return undefined;
    const { rows } = await client.query(SEALER).catch(() => ({ rows: [] }));
    return rows[0];
  }

  /** Resolves with the sealer as soon as there is one; with nothing after `milliseconds`. */
  async next(milliseconds) {
    for (const deadline = performance.now() + milliseconds; performance.now() < deadline; await sleep(LOOK_MS)) {
      const sealer = await this.sealer();
      if (sealer !== undefined) return sealer;
    }
    return undefined;
  }

  async query(sql) {
    const client = (this.#client ??= await this.#connect());
    return (await client.query(sql)).rows;
  }

  async close() {
    await this.#client?.end().catch(() => undefined);
  }

  async #connect() {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'watch' });
    client.on('error', () => undefined);
    client.on('end', () => (this.#client = undefined));
    return client.connect().then(
      () => client,
      () => undefined,
    );
  }
}
