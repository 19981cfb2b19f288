import type { Traffic } from './meter.js';
import type { Observer } from './observer.js';
import type { Heard, Upload } from './person.js';
import type { Phone } from './phone.js';
import { DAY_SECONDS, HOUR_SECONDS } from './settings.js';

/** Five points of a distribution over phones. */
export interface Percentiles {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * What came of a simulation. `ok`: everything that had to be found was found, and nothing else; no report was refused before its
 * number ended; and servers were killed, if they were to be.
 */
export interface Outcome {
  readonly ok: boolean;
  readonly contacts: {
    /** Numbers heard from people whose report was accepted, that a sync had to find. */
    readonly due: number;
    readonly found: number;
    readonly missed: number;
    /** Matches of numbers that nobody's accepted report held, rebroadcast ones included. */
    readonly wrong: number;
    /** False matches to expect by chance (protocol section 7), over all phones and batches; far below 1. */
    readonly expectedFalse: number;
    readonly rebroadcast: number;
  };
  readonly uploads: {
    readonly accepted: number;
    /** Because the number had ended. */
    readonly refused: number;
    /** Before the number had ended. */
    readonly refusedWrongly: number;
    readonly resent: number;
    readonly chaff: number;
  };
  readonly servers: { readonly running: number; readonly kills: number };
  readonly published: { readonly regions: number; readonly batches: number };
  readonly syncs: { readonly completed: number; readonly interrupted: number };
  /** Of each phone, in a day, in the mean of the days. Bytes of bodies. */
  readonly perPhoneAndDay: {
    readonly batchBytes: Percentiles;
    readonly indexBytes: Percentiles;
    readonly requests: Percentiles;
    /** Answers 304. */
    readonly unchanged: Percentiles;
  };
  /** Bytes of batches and bundles against 5.3 B for each CEN on the phone's path of regions. */
  readonly ratioToPath: Percentiles;
}

export interface Played {
  readonly phones: readonly Phone[];
  readonly uploads: readonly Upload[];
  readonly rebroadcast: readonly Heard[];
  /** Every number that anybody ever heard. */
  readonly heard: Iterable<Heard>;
  readonly observer: Observer;
  readonly days: number;
  readonly slotSeconds: number;
  readonly retentionDays: number;
  readonly counts: {
    readonly resent: number;
    readonly chaff: number;
    readonly kills: number;
    readonly servers: number;
  };
  readonly mustBeKilled: boolean;
}

/** This process's notion of domain time may be off by so much, in seconds. */
const CLOCK_SLACK = 300;
/** Compact bytes of a CEN at P = 40 (protocol section 7). */
const BYTES_PER_CEN = 5.3;
/** A report waits at most so long for others, beyond the slot in which it comes and the sealing of a later one. */
const LONGEST_HOLD = 6 * HOUR_SECONDS;

export function judge(played: Played): Outcome {
  const { phones, uploads, observer, counts } = played;
  const syncsOf = new Map(phones.map(({ person, completedSyncs }) => [person, completedSyncs]));
  const tally = { due: 0, found: 0, missed: 0, wrong: 0 };
  for (const heard of played.heard) {
    const isReported = heard.upload?.status === 'accepted';
    if (heard.matched && !isReported) tally.wrong++;
    if (!isReported || !isDue(heard, heard.upload!, syncsOf.get(heard.hearer) ?? [], played)) continue;
    tally.due++;
    if (heard.matched) tally.found++;
    else tally.missed++;
  }
  const expectedFalse = total(phones, ({ expectedFalse: odds }) => odds);
  const refused = uploads.filter(({ status }) => status === 'refused');
  const refusedWrongly = refused.filter(({ answeredAt, expiresAt }) => answeredAt < expiresAt - CLOCK_SLACK).length;
  const isPlayed = tally.due > 0 && (!played.mustBeKilled || counts.kills > 0);
  const perDay = (amount: (phone: Phone) => number) => percentiles(phones.map((phone) => amount(phone) / played.days));
  return {
    ok: tally.missed + refusedWrongly === 0 && tally.wrong <= allowedByChance(expectedFalse) && isPlayed,
    contacts: { ...tally, expectedFalse, rebroadcast: played.rebroadcast.length },
    uploads: {
      accepted: uploads.filter(({ status }) => status === 'accepted').length,
      refused: refused.length - refusedWrongly,
      refusedWrongly,
      resent: counts.resent,
      chaff: counts.chaff,
    },
    servers: { running: counts.servers, kills: counts.kills },
    published: { regions: observer.regions, batches: observer.batches },
    syncs: {
      completed: total(phones, ({ completedSyncs }) => completedSyncs.length),
      interrupted: total(phones, ({ interruptedSyncs }) => interruptedSyncs),
    },
    perPhoneAndDay: {
      batchBytes: perDay(({ traffic }) => sumOf(traffic.bytes, ['batch', 'bundle'])),
      indexBytes: perDay(({ traffic }) => sumOf(traffic.bytes, ['index', 'service'])),
      requests: perDay(({ traffic }) => traffic.requests),
      unchanged: perDay(({ traffic }) => traffic.unchanged),
    },
    ratioToPath: percentiles(
      phones
        .map((phone) => ({ phone, cens: observer.censOnPaths(phone.everFollowed) }))
        .filter(({ cens }) => cens > 0)
        .map(({ phone, cens }) => sumOf(phone.traffic.bytes, ['batch', 'bundle']) / (BYTES_PER_CEN * cens)),
    ),
  };
}

/** Whether a sync of the hearer's came to its end after the report had to be published and before its retention ended. */
function isDue(
  heard: Heard,
  upload: Upload,
  syncs: readonly number[],
  { slotSeconds, retentionDays }: Played,
): boolean {
  const published = upload.answeredAt + 2 * slotSeconds + LONGEST_HOLD;
  const firstGone = Math.floor(upload.answeredAt / DAY_SECONDS) * DAY_SECONDS + retentionDays * DAY_SECONDS;
  const kept = heard.observedAt + retentionDays * DAY_SECONDS;
  return syncs.some((time) => time >= published && time < Math.min(firstGone, kept));
}

/** So many false matches happen by chance less than once in a million simulations (Poisson). */
function allowedByChance(expected: number): number {
  let most = 0;
  let odds = Math.exp(-expected);
  let upTo = odds;
  while (1 - upTo > 1e-6 && odds > 1e-12) {
    most++;
    odds *= expected / most;
    upTo += odds;
  }
  return expected < 1e-6 ? 0 : most;
}

export function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

function sumOf(bytes: Readonly<Record<Traffic, number>>, kinds: readonly Traffic[]): number {
  return kinds.reduce((sum, kind) => sum + bytes[kind], 0);
}

function total<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0);
}
