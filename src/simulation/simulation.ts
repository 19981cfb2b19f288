import { setTimeout as sleep } from 'node:timers/promises';
import { chaff, parentRegion } from 'cen-client';
import { seededRandom, type SeededRandom } from '../planning/index.js';
import { CenSource } from './cen-source.js';
import { type Diagnosis, drawDiagnoses, prepareUpload, rebroadcast, send } from './epidemic.js';
import { inParallel } from './in-parallel.js';
import { live } from './life.js';
import { Observer } from './observer.js';
import { judge, type Outcome } from './outcome.js';
import type { Heard, Upload } from './person.js';
import { Phone } from './phone.js';
import { drawPopulation, type Population } from './population.js';
import { DAY_SECONDS, type SimulationSettings } from './settings.js';

/** The deployment that is simulated against: what staff and operators do, and its servers. */
export interface Deployment {
  readonly rootKey: string;
  readonly slotSeconds: number;
  readonly retentionDays: number;
  readonly worldMaxHoldSeconds: number;
  /** Addresses of its servers, whether they run at the moment or not. */
  readonly urls: readonly string[];
  mint(count: number): Promise<{ readonly numbers: readonly string[]; readonly expiresAt: number }>;
  /** Moves domain time forward, and says what time it is then. */
  moveClock(seconds: number): Promise<number>;
  /** Start of the latest sealed slot. */
  lastSealed(): Promise<number | undefined>;
  /** Kills the server of an address, which comes back by itself; absent where the simulation did not start it. */
  readonly kill?: (index: number) => void;
  /** Resolves when no server is down. */
  whole(): Promise<void>;
  readonly kills: () => number;
}

export interface Progress {
  readonly day: number;
  readonly days: number;
  readonly uploads: number;
  readonly syncs: number;
  readonly regions: number;
  readonly seconds: number;
}

const SEALING_PATIENCE_MS = 60_000;
const POLL_MS = 20;
const MOST_KILL_DELAY_MS = 1500;
const CHAFF_CENS = 300;
/** Documents of so many slots are kept once for all phones. */
const SHARED_SLOTS = 12;
const REBROADCASTS_PER_SLOT = 4;

/** Plays a country against a deployment, in step with its slots, and judges what phones found. */
export async function simulate(
  settings: SimulationSettings,
  deployment: Deployment,
  onDay: (progress: Progress) => void,
): Promise<Outcome> {
  return new Simulation(settings, deployment, onDay).run();
}

class Simulation {
  /** What people do does not depend on what servers do: the same seed gives the same meetings and diagnoses. */
  private readonly lifeRandom: SeededRandom;
  private readonly random: SeededRandom;
  private readonly cens: CenSource;
  private readonly population: Population;
  private readonly phones: Phone[];
  private readonly diagnoses: Diagnosis[];
  private readonly observer = new Observer();
  private readonly uploads: Upload[] = [];
  private readonly rebroadcasts: Heard[] = [];
  private readonly documents = new Map<string, string>();
  private readonly begun = performance.now();
  private chaffSent = 0;
  private resent = 0;
  /** Domain time at a moment of this process's clock. */
  private clock = { domain: 0, at: 0 };
  private start = 0;

  constructor(
    private readonly settings: SimulationSettings,
    private readonly deployment: Deployment,
    private readonly onDay: (progress: Progress) => void,
  ) {
    this.lifeRandom = seededRandom(settings.seed + 1);
    this.random = seededRandom(settings.seed + 2);
    this.cens = new CenSource(settings.seed);
    this.population = drawPopulation(settings);
    this.phones = [];
    this.diagnoses = [];
  }

  async run(): Promise<Outcome> {
    const { slotSeconds } = this.deployment;
    await this.begin();
    const slots = Math.ceil((this.settings.days * DAY_SECONDS) / slotSeconds);
    for (let slot = 0; slot < slots; slot++) {
      const from = this.now();
      const to = this.start + (slot + 0.02 + 0.9 * this.random()) * slotSeconds;
      live(this.population, from, to, this.lifeRandom, this.cens);
      await this.moveTo(to);
      await this.playSlot(slot);
      if ((slot + 1) % (DAY_SECONDS / slotSeconds) === 0) await this.endDay((slot + 1) * slotSeconds);
    }
    await this.finish(slots);
    return judge({
      phones: this.phones,
      uploads: this.uploads,
      rebroadcast: this.rebroadcasts,
      heard: this.everyHeard(),
      observer: this.observer,
      days: this.settings.days,
      slotSeconds,
      retentionDays: this.deployment.retentionDays,
      counts: {
        resent: this.resent,
        chaff: this.chaffSent,
        kills: this.deployment.kills(),
        servers: this.deployment.urls.length,
      },
      mustBeKilled: this.settings.killEvery > 0,
    });
  }

  /** Starts at midnight, so that days of the simulation are days of the calendar. */
  private async begin(): Promise<void> {
    const { settings, deployment } = this;
    const now = await deployment.moveClock(1);
    this.clock = { domain: now, at: performance.now() };
    this.start = Math.ceil(now / DAY_SECONDS) * DAY_SECONDS;
    await this.moveTo(this.start + 1);
    const surroundings = {
      rootKey: deployment.rootKey,
      retentionDays: deployment.retentionDays,
      syncHours: settings.syncHours,
      now: () => this.now(),
      url: () => this.anyUrl(),
      shared: (etag: string, body: string) => this.share(etag, body),
    };
    this.phones.push(
      ...this.population.people.map((person) => {
        return new Phone(person, surroundings, seededRandom(settings.seed * 1_000_003 + person.id));
      }),
    );
    const end = this.start + settings.days * DAY_SECONDS;
    this.diagnoses.push(
      ...drawDiagnoses(this.population.people, settings.diagnosedShare, this.start + DAY_SECONDS / 2, end, this.random),
    );
  }

  /** What happens in a slot: half of it while the slot before is being sealed, half after. */
  private async playSlot(slot: number): Promise<void> {
    const { killEvery, concurrency } = this.settings;
    if (slot % SHARED_SLOTS === 0) this.documents.clear();
    await this.giveNumbers();
    this.rebroadcastSome();
    const tasks = this.shuffled([...this.uploadTasks(), ...this.chaffTasks(), ...this.syncTasks()]);
    const middle = Math.ceil(tasks.length / 2);
    const kills = killEvery > 0 && slot % killEvery === killEvery - 1;
    const killed = kills ? this.killSoon() : Promise.resolve();
    await inParallel(tasks.slice(0, middle), concurrency);
    await this.sealed(this.start + (slot - 1) * this.deployment.slotSeconds);
    await inParallel(tasks.slice(middle), concurrency);
    await killed;
    await this.settle();
  }

  /** Uploads and syncs that a killed server cut short are done again. */
  private async settle(): Promise<void> {
    const unknown = this.uploads.filter(({ status }) => status === 'unknown');
    this.resent += unknown.length;
    await inParallel(
      unknown.map((upload) => () => this.send(upload)),
      this.settings.concurrency,
    );
  }

  private async finish(slots: number): Promise<void> {
    const { slotSeconds, worldMaxHoldSeconds } = this.deployment;
    await this.deployment.whole();
    await this.settle();
    const more = 2 + Math.ceil(worldMaxHoldSeconds / slotSeconds);
    for (let slot = slots; slot < slots + more; slot++) {
      await this.moveTo(this.start + (slot + 0.1) * slotSeconds);
      await this.sealed(this.start + (slot - 1) * slotSeconds);
    }
    // A server hears of a sealing a moment after its commit, and asks by itself every second.
    await sleep(2000);
    await inParallel(
      this.phones.map((phone) => async () => {
        if (!(await phone.sync())) throw new Error('A sync was cut short although no server was killed.');
      }),
      this.settings.concurrency,
    );
    await this.observer.look(this.deployment.urls[0]);
  }

  private async giveNumbers(): Promise<void> {
    const due = this.diagnoses.filter(
      ({ diagnosedAt, permission }) => permission === undefined && diagnosedAt <= this.now(),
    );
    if (due.length === 0) return;
    const { numbers, expiresAt } = await this.deployment.mint(due.length);
    due.forEach((diagnosis, i) => (diagnosis.permission = { number: numbers[i], expiresAt }));
  }

  private uploadTasks(): (() => Promise<void>)[] {
    const now = this.now();
    const due = this.diagnoses.filter(({ permission, reportsAt }) => permission !== undefined && reportsAt <= now);
    for (const diagnosis of due) this.diagnoses.splice(this.diagnoses.indexOf(diagnosis), 1);
    const prepared = due.flatMap((diagnosis) => {
      return prepareUpload(diagnosis, now, this.random, (cell) => parentRegion(parentRegion(cell))) ?? [];
    });
    this.uploads.push(...prepared);
    return prepared.map((upload) => () => this.send(upload));
  }

  private async send(upload: Upload): Promise<void> {
    await send(upload, this.anyUrl(), () => this.now());
  }

  private chaffTasks(): (() => Promise<void>)[] {
    const share = (this.settings.chaffPerPhone * this.deployment.slotSeconds) / DAY_SECONDS;
    return this.phones
      .filter(() => this.random() < share)
      .map(() => async () => {
        const { status } = await chaff({ baseUrl: this.anyUrl(), count: CHAFF_CENS, retry: { attempts: 1 } });
        if (status !== 'accepted' && status !== 'unknown') throw new Error(`Chaff was answered with ${status}.`);
        this.chaffSent++;
      });
  }

  private syncTasks(): (() => Promise<void>)[] {
    const now = this.now();
    return this.phones.filter(({ nextSync }) => nextSync <= now).map((phone) => async () => void (await phone.sync()));
  }

  /** Somebody plays back numbers that were published long enough ago to be sealed. */
  private rebroadcastSome(): void {
    const { slotSeconds, worldMaxHoldSeconds } = this.deployment;
    const old = this.now() - worldMaxHoldSeconds - 3 * slotSeconds;
    const published = this.uploads.filter(({ status, answeredAt }) => status === 'accepted' && answeredAt < old);
    if (published.length === 0) return;
    for (let i = 0; i < REBROADCASTS_PER_SLOT; i++) {
      const { heard } = this.oneOf(published);
      const { person } = this.oneOf(this.phones);
      rebroadcast(this.oneOf(heard), person, this.now());
      this.rebroadcasts.push(person.heard[person.heard.length - 1]);
    }
  }

  private async killSoon(): Promise<void> {
    await sleep(this.random() * MOST_KILL_DELAY_MS);
    this.deployment.kill?.(Math.floor(this.random() * this.deployment.urls.length));
  }

  private async endDay(seconds: number): Promise<void> {
    await this.deployment.whole();
    await this.observer.look(this.deployment.urls[0]);
    this.onDay({
      day: Math.round(seconds / DAY_SECONDS),
      days: this.settings.days,
      uploads: this.uploads.length,
      syncs: this.phones.reduce((sum, { completedSyncs }) => sum + completedSyncs.length, 0),
      regions: this.observer.regions,
      seconds: (performance.now() - this.begun) / 1000,
    });
  }

  /** Domain time. */
  private now(): number {
    return this.clock.domain + (performance.now() - this.clock.at) / 1000;
  }

  private async moveTo(time: number): Promise<void> {
    const seconds = Math.ceil(time - this.now());
    if (seconds <= 0) return;
    const domain = await this.deployment.moveClock(seconds);
    this.clock = { domain, at: performance.now() };
  }

  private async sealed(slot: number): Promise<void> {
    const deadline = performance.now() + SEALING_PATIENCE_MS;
    for (;;) {
      const last = await this.deployment.lastSealed();
      if (last !== undefined && last >= slot) return;
      if (performance.now() > deadline) throw new Error(`The slot ${slot} was not sealed in time.`);
      await sleep(POLL_MS);
    }
  }

  private share(etag: string, body: string): string {
    const known = this.documents.get(etag);
    if (known !== undefined) return known;
    this.documents.set(etag, body);
    return body;
  }

  private *everyHeard(): Iterable<Heard> {
    yield* this.rebroadcasts;
    for (const { given } of this.population.people) for (const { heard } of given) yield* heard;
  }

  /** As a load balancer that does not know which servers run. What a seed gives again does not depend on it. */
  private anyUrl(): string {
    const { urls } = this.deployment;
    return urls[Math.floor(Math.random() * urls.length)];
  }

  private oneOf<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)];
  }

  private shuffled<Item>(items: Item[]): Item[] {
    for (let last = items.length - 1; last > 0; last--) {
      const other = Math.floor(this.random() * (last + 1));
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  }
}
