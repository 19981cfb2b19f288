import { cellToParent, latLngToCell } from 'h3-js';
import type { Observation } from '../match/observations.js';
import { parseRegionId } from '../regions/region.js';
import { sync } from '../sync/sync.js';
import type { SyncOptions } from '../sync/sync.js';
import { SyncError } from '../sync/sync-error.js';
import { rootKeyText } from './fake-server.js';
import type { FakeServer } from './fake-server.js';
import { randomCens } from './seal.js';

/** What the specs of sync have in common: a day, a place, and a phone there. */

export const DAY = 86_400;
export const HOUR = 3600;
/** 00:00 UTC of some day. */
export const today = 20_700 * DAY;
export const now = today + 10 * HOUR + 120;

export const cell = latLngToCell(52.52, 13.4, 3);
export const region = (resolution: number) => parseRegionId(cellToParent(cell, resolution))!;
export const elsewhere = parseRegionId(cellToParent(latLngToCell(-33.9, 18.4, 3), 0))!;

/** `count` CENs of a batch, of which the first was observed by this phone an hour before its slot. */
export function met(count: number, observedAt = today): { cens: Uint8Array; observation: Observation } {
  const cens = randomCens(count);
  return { cens, observation: { cen: cens.slice(0, 16), observedAt } };
}

export function syncWith(server: FakeServer, options: Partial<SyncOptions> = {}) {
  return sync({
    baseUrl: 'https://cen.example.org',
    rootKey: rootKeyText,
    places: [cell],
    observations: [],
    fetch: server.fetch,
    now: () => server.now,
    ...options,
  });
}

export async function failure(work: Promise<unknown>): Promise<SyncError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SyncError)) throw error instanceof Error ? error : new Error('did not fail');
  return error;
}

export const requests = (server: FakeServer, part: string) => server.log.filter((line) => line.includes(part));
