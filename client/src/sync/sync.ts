import { BatchError } from '../batch/batch-error.js';
import type { BatchEncoding, BatchHeader } from '../batch/header.js';
import { systemClock } from '../batch/read-batch.js';
import { defaultPrimitives } from '../crypto/primitives.js';
import type { Primitives } from '../crypto/primitives.js';
import { DocumentError } from '../documents/document-error.js';
import { parseSettings } from '../documents/settings.js';
import type { Settings } from '../documents/settings.js';
import { HttpStatusError, NetworkError, Server } from '../http.js';
import type { ServerOptions } from '../http.js';
import { ObservationSet } from '../match/observations.js';
import type { Observation } from '../match/observations.js';
import { WORLD } from '../regions/region.js';
import { Progress } from './cursor.js';
import type { SyncCursor } from './cursor.js';
import { DownloadError } from './download-error.js';
import { download } from './download.js';
import { FollowedRegions } from '../regions/followed.js';
import { matchesIn } from './match.js';
import type { Match } from './match.js';
import { planDownloads } from './plan.js';
import type { PlannedDownload } from './plan.js';
import { SyncError } from './sync-error.js';
import type { SyncErrorCode } from './sync-error.js';
import { TrustedDocuments } from './trusted-documents.js';

/** Of `GET /v1`, which has less than 1 KiB. */
const MOST_SETTINGS_BYTES = 2 ** 20;

export interface SyncOptions<Own extends Observation = Observation> extends ServerOptions {
  /** The root public key that the app ships with: 32 bytes in base64url (`npm run cen -- keys root`). */
  readonly rootKey: string;
  /**
   * The cells of every place where the phone was, from `cellsAround`, as H3 indexes or their hexadecimal ids. Of a coarser cell,
   * and of `world`, everything in it is followed: all that is published, for an app that does not use location. Empty: only what
   * is published for the whole world.
   */
  readonly places: readonly (bigint | string)[];
  /** What the phone heard within retention. */
  readonly observations: ObservationSet<Own> | Iterable<Own>;
  /** What the sync before returned; without, everything within retention is fetched. */
  readonly cursor?: SyncCursor | undefined;
  /** `compact` (default), a third of the size, or `full`, without false matches. */
  readonly encoding?: BatchEncoding;
  /** For a progress bar. */
  readonly onProgress?: (progress: SyncProgress) => void;
  /**
   * Called, and awaited, after each batch has been handled. Storing its matches and `cursor()` together here means that
   * nothing is lost nor fetched twice even if the app is killed during a long sync.
   */
  readonly onBatch?: (batch: HandledBatch<Own>, cursor: () => SyncCursor) => void | Promise<void>;
  /** Unix seconds; the system's clock by default. */
  readonly now?: () => number;
  readonly primitives?: Primitives;
}

export interface SyncProgress {
  readonly batches: { readonly done: number; readonly total: number };
  readonly bytes: { readonly done: number; readonly total: number };
  readonly matches: number;
}

export interface HandledBatch<Own extends Observation = Observation> {
  readonly header: BatchHeader;
  readonly matches: readonly Match<Own>[];
}

/** A listed file that was refused or not handed out, and so not marked as handled: the next sync tries it again. */
export interface SyncProblem {
  readonly url: string;
  readonly error: BatchError | DownloadError;
}

export interface SyncResult<Own extends Observation = Observation> {
  readonly matches: Match<Own>[];
  /** To be stored together with the matches, for the next sync. */
  readonly cursor: SyncCursor;
  /** Empty if all is well. */
  readonly problems: readonly SyncProblem[];
  readonly settings: Settings;
  readonly downloaded: { readonly batches: number; readonly bytes: number; readonly cens: number };
}

/**
 * Brings a phone up to date (protocol §3): fetches what it has not handled of the regions along the paths to its places,
 * verifies it, and finds which of its observations were reported. Memory stays constant whatever there is to fetch.
 *
 * Call it at a random moment of the slot. Throws RangeError for a wrong option, and SyncError if it could not finish: for what it found until then, see there.
 */
export async function sync<Own extends Observation = Observation>(options: SyncOptions<Own>): Promise<SyncResult<Own>> {
  const run = new SyncRun(options);
  try {
    return await run.run();
  } catch (error) {
    throw run.stopped(error);
  }
}

class SyncRun<Own extends Observation> {
  readonly #server: Server;
  readonly #progress: Progress;
  readonly #followed: FollowedRegions;
  readonly #observations: ObservationSet<Own>;
  readonly #encoding: BatchEncoding;
  readonly #now: () => number;
  readonly #primitives: Primitives;
  readonly #matches: Match<Own>[] = [];
  readonly #problems: SyncProblem[] = [];
  readonly #downloaded = { batches: 0, bytes: 0, cens: 0 };
  #total = { batches: 0, bytes: 0 };

  constructor(private readonly options: SyncOptions<Own>) {
    const { observations, places } = options;
    this.#server = new Server(options);
    this.#progress = new Progress(options.cursor);
    this.#followed = new FollowedRegions(places);
    this.#observations = observations instanceof ObservationSet ? observations : new ObservationSet(observations);
    this.#encoding = options.encoding ?? 'compact';
    this.#now = options.now ?? systemClock;
    this.#primitives = options.primitives ?? defaultPrimitives;
  }

  async run(): Promise<SyncResult<Own>> {
    const settings = await this.#fetchSettings();
    const documents = new TrustedDocuments(this.#server, this.#progress, {
      rootKey: this.options.rootKey,
      keysUrl: settings.keysUrl,
      now: this.#now,
      primitives: this.#primitives,
    });
    await documents.loadKeys();
    const downloads = await this.#plan(documents);
    this.#total = {
      batches: sum(downloads, (planned) => (planned.kind === 'day' ? planned.day.batches : 1)),
      bytes: sum(downloads, ({ file }) => file.bytes),
    };
    this.#report();
    for (const planned of downloads) await this.#handle(planned, documents, settings);
    this.#progress.prune(this.#now());
    this.#progress.forgetUnusedDocuments();
    return {
      matches: this.#matches,
      cursor: this.#progress.toCursor(),
      problems: this.#problems,
      settings,
      downloaded: this.#downloaded,
    };
  }

  stopped(error: unknown): unknown {
    const code = this.#codeOf(error);
    return code ? new SyncError(code, error, this.#matches, this.#progress.toCursor()) : error;
  }

  async #fetchSettings(): Promise<Settings> {
    const response = await this.#server.request('/v1', {});
    if (response.status !== 200) throw new HttpStatusError(response.status, '/v1');
    const settings = parseSettings(
      new TextDecoder().decode(await this.#server.bytes(response, '/v1', MOST_SETTINGS_BYTES)),
    );
    if (!settings.encodings.includes(this.#encoding)) {
      throw new DocumentError('bad-settings', `${this.#encoding} batches are not published`);
    }
    return settings;
  }

  /** From `world` downwards, only into regions that are followed: what there is to fetch. */
  async #plan(documents: TrustedDocuments): Promise<PlannedDownload[]> {
    const planned: PlannedDownload[] = [];
    const regions = new Set([WORLD]);
    for (const region of regions) {
      const index = await documents.index(region);
      for (const child of index.children) if (this.#followed.has(child)) regions.add(child);
      planned.push(...planDownloads(index, this.#progress, this.#encoding));
    }
    return planned;
  }

  async #handle(planned: PlannedDownload, { findKey }: TrustedDocuments, { retentionDays }: Settings): Promise<void> {
    const options = {
      findKey,
      observations: this.#observations,
      now: this.#now,
      primitives: this.#primitives,
      retentionDays,
      onBytes: (count: number) => {
        this.#downloaded.bytes += count;
        this.#report();
      },
    };
    try {
      for await (const { header, matches } of download(this.#server, planned, options)) {
        await this.#record(header, matches);
      }
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      this.#problems.push({ url: planned.file.url, error: problem });
    }
  }

  /** A batch is recorded together with its matches, between two awaits, so that no interruption parts them. */
  async #record(header: BatchHeader, found: readonly Own[]): Promise<void> {
    this.#downloaded.batches++;
    this.#downloaded.cens += header.count;
    const isNew = !this.#progress.isHandled(header.region, header.slotStart, header.part);
    const matches = isNew ? matchesIn(header, found) : [];
    this.#matches.push(...matches);
    this.#progress.markHandled(header.region, header.slotStart, header.part);
    this.#report();
    if (isNew) await this.options.onBatch?.({ header, matches }, () => this.#progress.toCursor());
  }

  #report(): void {
    const { batches, bytes } = this.#downloaded;
    this.options.onProgress?.({
      batches: { done: batches, total: this.#total.batches },
      bytes: { done: bytes, total: this.#total.bytes },
      matches: this.#matches.length,
    });
  }

  #codeOf(error: unknown): SyncErrorCode | undefined {
    if (this.options.signal?.aborted) return 'aborted';
    if (error instanceof NetworkError) return 'network';
    if (error instanceof HttpStatusError) return 'server';
    return error instanceof DocumentError ? 'refused' : undefined;
  }
}

/** What keeps one file from being handled, but not those after it; undefined for what ends the sync. */
function problemOf(error: unknown): SyncProblem['error'] | undefined {
  if (error instanceof BatchError || error instanceof DownloadError) return error;
  // The keys that the file needs were not to be had.
  return error instanceof HttpStatusError ? new DownloadError('failed', error.status, error.url) : undefined;
}

function sum<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
