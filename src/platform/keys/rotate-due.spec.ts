import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { generateKey, generateKeyRing } from './generate-key.js';
import type { KeyTimes } from './generate-key.js';
import { retirementOf, versionsOf, type KeyVersion } from './key.js';
import { DESTRUCTION_GRACE_SECONDS, KEY_POLICIES, KEYS_MAX_AGE_SECONDS, PURPOSES, type Purpose } from './purposes.js';
import { rotateDue, type KeysInUse, type Rotation } from './rotate-due.js';

const START = 1_800_000_000;
const HOUR = 3600;
const DAY = 24 * HOUR;
const NOBODY: KeysInUse = new Map(PURPOSES.map((purpose) => [purpose, new Set<string>()]));

function rotate(ring: readonly KeyVersion[], now: number, inUse = NOBODY, replace: Purpose[] = []): Rotation {
  return rotateDue(ring, {
    now,
    inUse,
    replace: new Set(replace),
    retentionSeconds: 21 * DAY,
    generate,
  });
}

/** RSA keys take long to make, and rotation does not look into them. */
function generate(purpose: Purpose, times: KeyTimes): KeyVersion {
  if (purpose !== 'token-issuer') return generateKey(purpose, times);
  return { purpose, id: randomBytes(8).toString('hex'), ...times, secret: randomBytes(32) };
}

const first = generateKeyRing(START);
const only = (purpose: Purpose, ring: readonly KeyVersion[] = first) => versionsOf(ring, purpose);
const purposes = (names: { purpose: Purpose }[]) => names.map(({ purpose }) => purpose);

test('changes nothing in a fresh ring', () => {
  const { versions, report } = rotate(first, START + HOUR);
  expect(versions).toEqual(first);
  expect(report).toEqual({ made: [], retired: [], destroyed: [], missing: [] });
});

test('makes a version once the period is over, and not a second before', () => {
  expect(rotate(first, START + 6 * HOUR - 1).report.made).toEqual([]);
  const { report } = rotate(first, START + 6 * HOUR);
  expect(purposes(report.made)).toEqual(['pending-aead']);
  expect(report.retired).toEqual([{ purpose: 'pending-aead', id: only('pending-aead')[0]!.id }]);
});

test('makes one version only, however often it runs before that one is in use', () => {
  const once = rotate(first, START + 6 * HOUR).versions;
  expect(rotate(once, START + 6 * HOUR + 1).report.made).toEqual([]);
});

test('gives replicas a minute before a symmetric key is used', () => {
  const now = START + 400 * DAY;
  const made = only('number-hmac', rotate(first, now).versions)[0]!;
  expect(made).toMatchObject({ createdAt: now, activeFrom: now + 60 });
});

test('publishes a signing key for longer than caches may keep the list before it signs', () => {
  const now = START + 30 * DAY;
  const made = only('batch-signing', rotate(first, now).versions)[0]!;
  expect(made.activeFrom - now).toBeGreaterThan(KEYS_MAX_AGE_SECONDS + 60);
});

test('never replaces or destroys root by itself, but does replace it when asked', () => {
  expect(only('root', rotate(first, START + 3650 * DAY).versions)).toEqual(only('root'));
  const asked = rotate(first, START + DAY, NOBODY, ['root']).versions;
  expect(only('root', rotate(asked, START + 3650 * DAY).versions)).toHaveLength(2);
});

test('replaces what is asked for at once, and not twice while the new version waits', () => {
  const asked = rotate(first, START + 10, NOBODY, ['number-hmac']);
  expect(purposes(asked.report.made)).toEqual(['number-hmac']);
  expect(rotate(asked.versions, START + 20, NOBODY, ['number-hmac']).report.made).toEqual([]);
});

test('makes the key of a purpose that the ring lacks, in use at once', () => {
  const lacking = first.filter(({ purpose }) => purpose !== 'mint-prf');
  expect(only('mint-prf', rotate(lacking, START + 5).versions)).toMatchObject([{ activeFrom: START + 5 }]);
});

describe('a retired pending-aead key', () => {
  const old = only('pending-aead')[0]!;
  const retired = rotate(first, START + 6 * HOUR).versions;
  const released = START + 6 * HOUR + 60 + DESTRUCTION_GRACE_SECONDS;

  test('is destroyed as soon as no row names it', () => {
    const { versions, report } = rotate(retired, released);
    expect(report.destroyed).toEqual([{ purpose: 'pending-aead', id: old.id }]);
    expect(versions).not.toContainEqual(old);
  });

  test('stays as long as a row names it', () => {
    const inUse = new Map(NOBODY).set('pending-aead', new Set([old.id]));
    expect(rotate(retired, released + 5 * HOUR, inUse).report.destroyed).toEqual([]);
  });

  test('stays while a transaction that took it may still commit', () => {
    expect(rotate(retired, released - 1).report.destroyed).toEqual([]);
  });

  test('stays when nobody was asked whether a row names it', () => {
    const unasked = new Map(NOBODY);
    unasked.delete('pending-aead');
    expect(rotate(retired, released, unasked).report.destroyed).toEqual([]);
  });
});

test('destroys the day key of attempts when its day is over', () => {
  const retired = rotate(first, START + DAY).versions;
  const { report } = rotate(retired, START + DAY + 60 + DESTRUCTION_GRACE_SECONDS);
  expect(report.destroyed).toContainEqual({ purpose: 'attempt-day', id: only('attempt-day')[0]!.id });
});

test('destroys the private half of a retired signing key, keeps the public half through retention, then drops it', () => {
  const old = only('batch-signing')[0]!;
  const retiring = rotate(first, START + 30 * DAY).versions;
  const retiredAt = only('batch-signing', retiring)[0]!.activeFrom;

  const halved = rotate(retiring, retiredAt + DESTRUCTION_GRACE_SECONDS);
  expect(halved.report.destroyed).toContainEqual({ purpose: 'batch-signing', id: old.id });
  expect(only('batch-signing', halved.versions)[1]).toEqual({ ...old, secret: undefined });

  // A batch signed in the last second, with a slot start in the same UTC day, is served for up to 22 days.
  const served = rotate(halved.versions, retiredAt + 22 * DAY);
  expect(only('batch-signing', served.versions).map(({ id }) => id)).toContain(old.id);
  const past = rotate(served.versions, retiredAt + 24 * DAY);
  expect(only('batch-signing', past.versions).map(({ id }) => id)).not.toContain(old.id);
});

describe('keys that issue tokens', () => {
  const WEEK = 7 * DAY;
  const weeks = (count: number) => {
    let ring: readonly KeyVersion[] = first;
    let most = 0;
    for (let now = START; now < START + count * WEEK + HOUR; now += HOUR / 2) {
      ring = rotate(ring, now).versions;
      most = Math.max(most, only('token-issuer', ring).length);
    }
    return { ring, most };
  };

  test('are two at most, however long it goes on', () => expect(weeks(5).most).toBe(2));

  test('stay good for a week at least after they have signed their last token', () => {
    const { ring } = weeks(1);
    const retiredAt = only('token-issuer', ring)[0]!.activeFrom;
    const late = rotate(ring, retiredAt + WEEK - 1);
    expect(only('token-issuer', late.versions)).toEqual(only('token-issuer', ring));
    const { report } = rotate(ring, retiredAt + WEEK);
    expect(report.destroyed).toContainEqual({ purpose: 'token-issuer', id: only('token-issuer', first)[0]!.id });
  });

  test('go at once when another is asked for twice: after a theft', () => {
    const once = rotate(first, START + 10, NOBODY, ['token-issuer']).versions;
    const twice = rotate(once, only('token-issuer', once)[0]!.activeFrom, NOBODY, ['token-issuer']);
    expect(twice.report.destroyed).toEqual([{ purpose: 'token-issuer', id: only('token-issuer', first)[0]!.id }]);
  });

  test('never share the byte by which requests name them', () => {
    const old = only('token-issuer')[0]!;
    const ids = [`00000000000000${old.id.slice(-2)}`, `11111111111111${old.id.slice(-2)}`, '22222222222222zz'];
    const { report } = rotateDue(first, {
      now: START + WEEK,
      inUse: NOBODY,
      replace: new Set(),
      retentionSeconds: 21 * DAY,
      generate: (purpose, times) =>
        purpose === 'token-issuer' ? { ...generate(purpose, times), id: ids.shift()! } : generate(purpose, times),
    });
    expect(report.made).toContainEqual({ purpose: 'token-issuer', id: '22222222222222zz' });
  });
});

test('reports ids that the database names and the ring does not have', () => {
  const inUse = new Map(NOBODY).set('mint-prf', new Set(['00000000000000aa', only('mint-prf')[0]!.id]));
  expect(rotate(first, START, inUse).report.missing).toEqual([{ purpose: 'mint-prf', id: '00000000000000aa' }]);
});

test('over any run of rotations: no current or named secret is lost, and what can go goes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 12 * HOUR }), fc.nat(7)), { maxLength: 60 }), (steps) => {
      let ring: readonly KeyVersion[] = first;
      let now = START;
      for (const [passed, naming] of steps) {
        now += passed;
        // Of each purpose something names every version whose place has a bit in `naming`.
        const named = new Map(
          PURPOSES.map((purpose) => [
            purpose,
            new Set(only(purpose, ring).flatMap(({ id }, place) => (naming & (1 << place) ? [id] : []))),
          ]),
        );
        const { versions } = rotate(ring, now, named);
        for (const purpose of PURPOSES) {
          const before = only(purpose, ring);
          const after = new Map(only(purpose, versions).map((version) => [version.id, version]));
          before.forEach((version, index) => {
            const retiredAt = retirementOf(before, index);
            const isCurrent = retiredAt === undefined || retiredAt > now;
            const isNamed = KEY_POLICIES[purpose].destruction === 'unnamed' && named.get(purpose)!.has(version.id);
            if (isCurrent || isNamed) expect(after.get(version.id)).toEqual(version);
          });
          expect([...after.values()].some(({ secret }) => secret !== undefined)).toBe(true);
        }
        ring = versions;
      }
      const settled = rotate(rotate(ring, now + DAY).versions, now + DAY + 2 * HOUR).versions;
      expect(only('pending-aead', settled)).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});
