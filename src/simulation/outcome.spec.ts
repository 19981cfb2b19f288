import { judge, type Played } from './outcome.js';
import type { Heard, Person, Upload } from './person.js';
import type { Phone } from './phone.js';
import { noTraffic } from './meter.js';
import { DAY_SECONDS, HOUR_SECONDS } from './settings.js';
import { Observer } from './observer.js';

const NOON = 20_000 * DAY_SECONDS + 12 * HOUR_SECONDS;
const SLOT = HOUR_SECONDS;

const hearer = { heard: [], lastSeen: new Map() } as unknown as Person;

function upload(status: Upload['status']): Upload {
  const expiresAt = NOON - HOUR_SECONDS;
  return {
    reporter: hearer,
    idempotencyKey: '',
    number: '',
    expiresAt,
    groups: [],
    heard: [],
    status,
    answeredAt: NOON,
  };
}

function heard(of: Partial<Heard>): Heard {
  const cen = new Uint8Array(16);
  return { cen, observedAt: NOON - DAY_SECONDS, cells: [], hearer, upload: undefined, matched: false, ...of };
}

function played(some: readonly Heard[], syncs: readonly number[], of: Partial<Played> = {}): Played {
  const phone = { person: hearer, completedSyncs: syncs, interruptedSyncs: 0, expectedFalse: 1e-6 };
  return {
    phones: [{ ...phone, traffic: noTraffic(), everFollowed: new Set() } as unknown as Phone],
    uploads: [],
    rebroadcast: [],
    heard: some,
    observer: new Observer(),
    days: 1,
    slotSeconds: SLOT,
    retentionDays: 21,
    counts: { resent: 0, chaff: 0, kills: 0, servers: 1 },
    mustBeKilled: false,
    ...of,
  };
}

const LATER = NOON + 2 * DAY_SECONDS;

describe('the verdict on a simulation', () => {
  it('is right when what was reported was found and nothing else', () => {
    const some = [
      heard({ upload: upload('accepted'), matched: true }),
      heard({ upload: upload('refused') }),
      heard({}),
    ];
    expect(judge(played(some, [LATER]))).toMatchObject({
      ok: true,
      contacts: { due: 1, found: 1, missed: 0, wrong: 0 },
    });
  });

  it('names what was missed', () => {
    const some = [heard({ upload: upload('accepted'), matched: true }), heard({ upload: upload('accepted') })];
    expect(judge(played(some, [LATER]))).toMatchObject({ ok: false, contacts: { due: 2, found: 1, missed: 1 } });
  });

  it.each([
    ['of a report that was refused', { upload: upload('refused') }],
    ['of a report that never arrived', { upload: upload('unknown') }],
    ['of nobody', {}],
  ])('calls a match %s wrong', (_, of) => {
    const some = [heard({ upload: upload('accepted'), matched: true }), heard({ ...of, matched: true })];
    expect(judge(played(some, [LATER]))).toMatchObject({ ok: false, contacts: { wrong: 1 } });
  });

  it.each([
    ['before the report had to be published', [NOON + 2 * SLOT]],
    ['only after its retention', [NOON + 21 * DAY_SECONDS]],
    ['never', []],
  ])('asks nothing of a phone that synced %s', (_, syncs) => {
    const some = [heard({ upload: upload('accepted') })];
    expect(judge(played(some, syncs)).contacts).toMatchObject({ due: 0, missed: 0 });
  });

  it('is not right when a report was refused although its number was good', () => {
    const some = [heard({ upload: upload('accepted'), matched: true })];
    const refused = (expiresAt: number) => ({ ...upload('refused'), expiresAt });
    const judged = (expiresAt: number) => judge(played(some, [LATER], { uploads: [refused(expiresAt)] }));
    expect(judged(NOON - 1)).toMatchObject({ ok: true, uploads: { refused: 1, refusedWrongly: 0 } });
    expect(judged(NOON + HOUR_SECONDS)).toMatchObject({ ok: false, uploads: { refused: 0, refusedWrongly: 1 } });
  });

  it('is not right when servers were to be killed and none was', () => {
    const some = [heard({ upload: upload('accepted'), matched: true })];
    expect(judge(played(some, [LATER], { mustBeKilled: true })).ok).toBe(false);
    const counts = { resent: 0, chaff: 0, kills: 1, servers: 1 };
    expect(judge(played(some, [LATER], { mustBeKilled: true, counts })).ok).toBe(true);
  });

  it('is not right when nothing was there to be found', () => {
    expect(judge(played([], [LATER])).ok).toBe(false);
  });
});
