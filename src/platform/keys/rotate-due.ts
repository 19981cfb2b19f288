import type { KeyTimes } from './generate-key.js';
import { keyName, retirementOf, versionsOf, type KeyName, type KeyVersion } from './key.js';
import {
  DESTRUCTION_GRACE_SECONDS,
  KEY_POLICIES,
  PUBLIC_HALF_MARGIN_SECONDS,
  PURPOSES,
  type KeyPolicy,
  type Purpose,
} from './purposes.js';

/** Ids of the versions that something still names, per purpose. A purpose that is absent was not asked about. */
export type KeysInUse = ReadonlyMap<Purpose, ReadonlySet<string>>;

export interface RotationRequest {
  /** Unix seconds of the wall clock. */
  readonly now: number;
  readonly inUse: KeysInUse;
  /** Purposes that get a new version although none is due: a key was stolen, or may have been. */
  readonly replace: ReadonlySet<Purpose>;
  /** How long a batch can be read, in seconds. */
  readonly retentionSeconds: number;
  readonly generate: (purpose: Purpose, times: KeyTimes) => KeyVersion;
}

export interface RotationReport {
  readonly made: KeyName[];
  /** Superseded by a version made now, from its `activeFrom` on. */
  readonly retired: KeyName[];
  /** Secrets that are in the ring no more. */
  readonly destroyed: KeyName[];
  /** Named by the database, not in the ring: lost, or another copy of the ring is in use. */
  readonly missing: KeyName[];
}

export interface Rotation {
  readonly versions: KeyVersion[];
  readonly report: RotationReport;
}

/**
 * The ring after everything that is due: new versions made, retired ones destroyed that nothing names. Pure: the caller
 * writes the result. A version of a purpose with users is kept as long as nobody was asked about it.
 */
export function rotateDue(ring: readonly KeyVersion[], request: RotationRequest): Rotation {
  const report: RotationReport = { made: [], retired: [], destroyed: [], missing: missingKeys(ring, request.inUse) };
  const versions = PURPOSES.flatMap((purpose) => {
    const before = versionsOf(ring, purpose);
    const made = newVersion(before, purpose, request);
    if (made !== undefined) {
      report.made.push(keyName(made));
      report.retired.push(...before.slice(0, 1).map(keyName));
    }
    const after = made === undefined ? before : [made, ...before];
    return after.flatMap((version, index) => {
      const kept = whatRemains(version, index, retirementOf(after, index), request);
      if (version.secret !== undefined && kept?.secret === undefined) report.destroyed.push(keyName(version));
      return kept === undefined ? [] : [kept];
    });
  });
  return { versions, report };
}

function newVersion(
  newestFirst: readonly KeyVersion[],
  purpose: Purpose,
  { now, replace, generate }: RotationRequest,
): KeyVersion | undefined {
  const newest = newestFirst[0];
  if (newest === undefined) return generate(purpose, { createdAt: now, activeFrom: now });
  const { algorithm, period, lead } = KEY_POLICIES[purpose];
  const due = period !== null && now >= newest.activeFrom + period;
  const asked = replace.has(purpose) && now >= newest.activeFrom;
  if (!due && !asked) return undefined;
  const makeNext = () => generate(purpose, { createdAt: now, activeFrom: now + lead });
  return algorithm === 'rsa' ? namedApart(makeNext, [newest]) : makeNext();
}

/**
 * The ring with one issuer key, current at once, instead of all that there were: no token that was made before is good. For when
 * nothing serves: there is no time in which caches could learn of the key.
 */
export function renewIssuer(
  ring: readonly KeyVersion[],
  { now, generate }: Pick<RotationRequest, 'now' | 'generate'>,
): Rotation {
  const before = versionsOf(ring, 'token-issuer');
  const made = namedApart(() => generate('token-issuer', { createdAt: now, activeFrom: now }), before);
  const report = { made: [keyName(made)], retired: [], destroyed: before.map(keyName), missing: [] };
  return { versions: [...ring.filter(({ purpose }) => purpose !== 'token-issuer'), made], report };
}

/**
 * Requests for tokens name a key by the last byte of its id: two that live at once must differ in it (RFC 9578 section 6.5), and
 * what was blinded for one that is gone must not be taken for another's: the number would be spent for nothing.
 */
function namedApart(make: () => KeyVersion, others: readonly KeyVersion[]): KeyVersion {
  for (;;) {
    const made = make();
    if (others.every((other) => lastByte(other) !== lastByte(made))) return made;
  }
}

function lastByte({ id }: KeyVersion): string {
  return id.slice(-2);
}

/** What of a version stays in the ring: all, the public half, or nothing. */
function whatRemains(
  version: KeyVersion,
  index: number,
  retiredAt: number | undefined,
  { now, inUse, retentionSeconds }: RotationRequest,
): KeyVersion | undefined {
  const { purpose, id } = version;
  const destruction: KeyPolicy['destruction'] = KEY_POLICIES[purpose].destruction;
  // Without a grace: the oldest of three has been retired since the second was made.
  if (destruction === 'third') return index < 2 ? version : undefined;
  const releasedAt = retiredAt === undefined ? Infinity : retiredAt + DESTRUCTION_GRACE_SECONDS;
  if (now < releasedAt) return version;
  switch (destruction) {
    case 'never':
      return version;
    case 'retired':
      return undefined;
    case 'unnamed':
      return inUse.get(purpose)?.has(id) === false ? undefined : version;
    case 'public-half-stays':
      return now < releasedAt + retentionSeconds + PUBLIC_HALF_MARGIN_SECONDS ? publicHalf(version) : undefined;
  }
}

function publicHalf({ purpose, id, createdAt, activeFrom, publicKey }: KeyVersion): KeyVersion {
  return { purpose, id, createdAt, activeFrom, publicKey };
}

function missingKeys(ring: readonly KeyVersion[], inUse: KeysInUse): KeyName[] {
  const known = new Set(ring.map(({ purpose, id }) => `${purpose} ${id}`));
  return [...inUse].flatMap(([purpose, ids]) =>
    [...ids].filter((id) => !known.has(`${purpose} ${id}`)).map((id) => ({ purpose, id })),
  );
}
