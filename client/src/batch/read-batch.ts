import { defaultPrimitives } from '../crypto/primitives.js';
import type { Primitives } from '../crypto/primitives.js';
import { matcher } from '../match/matcher.js';
import { ObservationSet } from '../match/observations.js';
import type { Observation } from '../match/observations.js';
import { BatchError } from './batch-error.js';
import { ByteReader } from './byte-source.js';
import type { ByteSource } from './byte-source.js';
import type { BatchHeader } from './header.js';
import { parseBatch } from './parse-batch.js';
import type { ParsedBatch } from './parse-batch.js';
import type { PayloadVisitor } from './payload-visitor.js';

/** Finds the 32 raw bytes of a public key by its id; undefined if there is no such key to trust. */
export type FindKey = (keyId: string) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

export interface ReadOptions<Own extends Observation = Observation> {
  /** The keys whose signature is believed, from a verified key set (`sync` does that by itself). */
  readonly findKey: FindKey;
  /** What to look for. Prepare an `ObservationSet` once when reading many batches. */
  readonly observations?: ObservationSet<Own> | Iterable<Own>;
  /** Unix seconds by the phone's clock; the system's by default. A batch sealed more than 5 min later is refused. */
  readonly now?: () => number;
  /** Throws BatchError to refuse a batch that is not the one asked for, before its payload is read. */
  readonly expect?: (header: BatchHeader) => void;
  /** Is shown the payload as it streams past, unverified. For tools; apps use `observations`. */
  readonly visit?: (header: BatchHeader) => PayloadVisitor;
  readonly primitives?: Primitives;
}

/** A batch whose signature has been verified, and what of the observations is in it. */
export interface VerifiedBatch<Own extends Observation = Observation> {
  readonly header: BatchHeader;
  /** Observations in the batch that were made at or before its `sealedAt`: the very objects that were passed in. */
  readonly matches: Own[];
}

/** How far a phone's clock may lag behind the server's (protocol §3). */
export const MOST_CLOCK_SKEW_SECONDS = 300;

/**
 * Reads, checks and matches one batch file while it streams, in constant memory (about 300 KB and 30 bytes per observation).
 * Resolves only after the signature has been verified; throws BatchError for anything odd in the file, and whatever the
 * source throws.
 */
export async function readBatch<Own extends Observation = Observation>(
  source: ByteSource,
  options: ReadOptions<Own>,
): Promise<VerifiedBatch<Own>> {
  const reader = new ByteReader(source);
  try {
    const batch = await readNext(reader, prepared(options));
    if (!(await reader.atEnd())) throw new BatchError('trailing-bytes', 'bytes after the signature');
    return batch;
  } finally {
    await reader.close();
  }
}

/**
 * Reads a day bundle: batches one after another until the stream ends, each yielded as soon as it is verified. A broken
 * batch throws BatchError and ends the iteration; those yielded before stay true.
 */
export async function* readBatches<Own extends Observation = Observation>(
  source: ByteSource | ByteReader,
  options: ReadOptions<Own>,
): AsyncGenerator<VerifiedBatch<Own>, void, undefined> {
  const reader = source instanceof ByteReader ? source : new ByteReader(source);
  const ready = prepared(options);
  try {
    while (!(await reader.atEnd())) yield await readNext(reader, ready);
  } finally {
    await reader.close();
  }
}

interface PreparedOptions<Own extends Observation> extends ReadOptions<Own> {
  readonly observations: ObservationSet<Own>;
  readonly primitives: Primitives;
  readonly now: () => number;
}

/** The system's clock, in Unix seconds. */
export const systemClock = (): number => Date.now() / 1000;

function prepared<Own extends Observation>(options: ReadOptions<Own>): PreparedOptions<Own> {
  const { observations = [], primitives = defaultPrimitives, now = systemClock } = options;
  return {
    ...options,
    primitives,
    now,
    observations: observations instanceof ObservationSet ? observations : new ObservationSet(observations),
  };
}

async function readNext<Own extends Observation>(
  reader: ByteReader,
  options: PreparedOptions<Own>,
): Promise<VerifiedBatch<Own>> {
  const { observations, primitives } = options;
  const matches: Own[] = [];
  const visit = (header: BatchHeader): PayloadVisitor => {
    options.expect?.(header);
    refuseFuture(header, options.now());
    const matching = matcher(observations, header, primitives.aesEcb, (observation) => matches.push(observation));
    return both(matching, options.visit?.(header));
  };
  const parser = parseBatch(visit, primitives.sha256);
  let step = parser.next();
  while (!step.done) step = parser.next(await reader.take(step.value));
  await verify(step.value, options.findKey, primitives);
  return { header: step.value.header, matches };
}

function refuseFuture({ sealedAt }: BatchHeader, now: number): void {
  if (sealedAt > now + MOST_CLOCK_SKEW_SECONDS) {
    throw new BatchError(
      'from-the-future',
      `sealed at ${sealedAt}, ${Math.round(sealedAt - now)} s ahead of this clock`,
    );
  }
}

async function verify(batch: ParsedBatch, findKey: FindKey, primitives: Primitives): Promise<void> {
  const { keyId } = batch.header;
  const publicKey = await findKey(keyId);
  if (!publicKey) throw new BatchError('unknown-key', `no trusted key ${keyId}`);
  if (!primitives.verifyEd25519(batch.signature, batch.signedBytes, publicKey)) {
    throw new BatchError('bad-signature', `not signed by key ${keyId}`);
  }
}

function both(first: PayloadVisitor, second: PayloadVisitor | undefined): PayloadVisitor {
  if (!second) return first;
  // Without `sought`: the second is to see every block.
  return {
    block(index, offsets, count) {
      first.block?.(index, offsets, count);
      second.block?.(index, offsets, count);
    },
    cens(packed) {
      first.cens?.(packed);
      second.cens?.(packed);
    },
  };
}
