// Phones that report all the time, lose connections, give up and try again with the same key; and a few that cheat.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { postReport } from './http.mjs';
import { randomReport } from './reports.mjs';

const RETRY_MS = 100;
/** Of the reports, how many are sent by two rivals at once with one number, and how many phones hang up before the answer. */
const RIVAL_SHARE = 0.15;
const IMPATIENT_SHARE = 0.1;
const LONGEST_PATIENCE_MS = 30;
const PAUSE_MS = 120;

/** Uploads under load until `stop`; `ledger` then holds every report with what became of it. */
export class Uploaders {
  ledger = [];
  statuses = new Map();
  inFlight = 0;
  lost = 0;
  #numbers;
  #urls;
  #running = [];
  #stopped = false;

  /** @param urls of the servers, of which each request takes one at random */
  constructor(urls, numbers) {
    this.#urls = urls;
    this.#numbers = [...numbers];
  }

  start(count) {
    this.#running = Array.from({ length: count }, () => this.#phone());
  }

  /** Lets each phone finish what it has begun: every report is then accepted or refused for certain. */
  async stop() {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  get accepted() {
    return this.ledger.filter(({ accepted }) => accepted).length;
  }

  /** Numbers that nobody has tried. */
  get unused() {
    return this.#numbers;
  }

  async #phone() {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
    while (!this.#stopped && this.#numbers.length > 0) {
      const number = this.#numbers.pop();
      const rivals = Math.random() < RIVAL_SHARE ? 2 : 1;
      await Promise.all(Array.from({ length: rivals }, () => this.upload(randomReport(number), agent)));
      await sleep(Math.random() * PAUSE_MS);
    }
    agent.destroy();
  }

  /** Sends a report, with the same key, until the answer is 202 or 4xx. */
  async upload(report, agent) {
    this.ledger.push(report);
    while (report.accepted === undefined) {
      const status = await this.#attempt(report, agent);
      if (status !== undefined && status < 500) report.accepted = status === 202;
      else await sleep(RETRY_MS * (0.5 + Math.random()));
    }
  }

  async #attempt(report, agent) {
    const url = this.#urls[Math.floor(Math.random() * this.#urls.length)];
    const signal =
      Math.random() < IMPATIENT_SHARE
        ? AbortSignal.timeout(Math.floor(Math.random() * LONGEST_PATIENCE_MS))
        : undefined;
    report.sent += 1;
    this.inFlight += 1;
    try {
      const { status } = await postReport(url, report, { agent, signal });
      report.statuses.push(status);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      return status;
    } catch {
      this.lost += 1;
      return undefined;
    } finally {
      this.inFlight -= 1;
    }
  }
}
