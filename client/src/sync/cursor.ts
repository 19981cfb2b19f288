import { LONGEST_RETENTION_DAYS } from '../documents/settings.js';
import { regionId } from '../regions/region.js';

/** An index or the keys as last fetched, to be asked for again with `If-None-Match`. */
export interface CachedDocument {
  readonly etag: string;
  readonly signature: string;
  readonly body: string;
}

/**
 * How far a phone has got: JSON, to be stored and passed to the next `sync`. It is the set of batches handled, never one
 * time, since a batch can appear after later ones. It tells where its owner was: keep it as private as the observations.
 */
export interface SyncCursor {
  readonly version: 1;
  /** Region id → `<slot start>-<part>` of each batch handled and not yet past retention. */
  readonly handled: Readonly<Record<string, readonly string[]>>;
  /** Path → document. */
  readonly documents: Readonly<Record<string, CachedDocument>>;
}

export const DAY_SECONDS = 86_400;

/** The cursor while a sync works on it. */
export class Progress {
  readonly #handled: Map<string, Set<string>>;
  readonly #documents: Map<string, CachedDocument>;
  readonly #documentsUsed = new Set<string>();

  /** Starts afresh without a cursor, or with one of a version that this client does not know. */
  constructor(cursor: SyncCursor | undefined) {
    const known = cursor?.version === 1 ? cursor : undefined;
    this.#handled = new Map(Object.entries(known?.handled ?? {}).map(([id, names]) => [id, new Set(names)]));
    this.#documents = new Map(Object.entries(known?.documents ?? {}));
  }

  isHandled(region: bigint, start: number, part: number): boolean {
    return this.#handled.get(regionId(region))?.has(`${start}-${part}`) ?? false;
  }

  markHandled(region: bigint, start: number, part: number): void {
    const id = regionId(region);
    const names = this.#handled.get(id) ?? new Set();
    this.#handled.set(id, names.add(`${start}-${part}`));
  }

  /** How many batches of a region with slot starts in the UTC day that starts at `dayStart` have been handled. */
  handledInDay(region: bigint, dayStart: number): number {
    const names = [...(this.#handled.get(regionId(region)) ?? [])];
    return names.filter((name) => startOfDay(slotStartOf(name)) === dayStart).length;
  }

  document(path: string): CachedDocument | undefined {
    this.#documentsUsed.add(path);
    return this.#documents.get(path);
  }

  keepDocument(path: string, document: CachedDocument): void {
    this.#documents.set(path, document);
  }

  /** Forgets documents that this sync did not need: those of regions that are no longer followed or have nothing left. */
  forgetUnusedDocuments(): void {
    for (const path of this.#documents.keys()) if (!this.#documentsUsed.has(path)) this.#documents.delete(path);
  }

  /**
   * Forgets batches a day after the longest retention that a deployment may have, whatever this one says: that is not signed, and who could
   * shorten it would have phones download weeks again, and report old matches as new.
   */
  prune(now: number): void {
    const oldest = startOfDay(now) - (LONGEST_RETENTION_DAYS + 1) * DAY_SECONDS;
    for (const [id, names] of this.#handled) {
      for (const name of names) if (slotStartOf(name) < oldest) names.delete(name);
      if (names.size === 0) this.#handled.delete(id);
    }
  }

  toCursor(): SyncCursor {
    return {
      version: 1,
      handled: Object.fromEntries([...this.#handled].map(([id, names]) => [id, [...names]])),
      documents: Object.fromEntries(this.#documents),
    };
  }
}

/** Unix second at which the UTC day of a moment starts. */
export function startOfDay(seconds: number): number {
  return Math.floor(seconds / DAY_SECONDS) * DAY_SECONDS;
}

function slotStartOf(name: string): number {
  return Number.parseInt(name, 10);
}
