import { newIdempotencyKey, report } from 'cen-client';
import { exponential, type SeededRandom } from '../planning/index.js';
import type { Heard, Person, Upload } from './person.js';
import { DAY_SECONDS, HOUR_SECONDS, REPORT_DAYS } from './settings.js';

/** A person who has been diagnosed and will report, at some moment after. */
export interface Diagnosis {
  readonly person: Person;
  readonly diagnosedAt: number;
  readonly reportsAt: number;
  permission: Permission | undefined;
}

/** A permission number, and until when it is good, in domain time. */
export interface Permission {
  readonly number: string;
  readonly expiresAt: number;
}

const MEAN_DELAY_HOURS = 6;
const FIRST_HOUR = 8;
const OFFICE_HOURS = 10;
/** Share of the diagnosed who decide not to report. */
const SILENT_SHARE = 0.03;
/** Share of the reporters who name a coarser place than they could, which they may. */
const COARSE_SHARE = 0.03;

/** Who is diagnosed when, between `from` and `to`, in office hours; in the order of the diagnoses. */
export function drawDiagnoses(
  people: readonly Person[],
  share: number,
  from: number,
  to: number,
  random: SeededRandom,
): Diagnosis[] {
  return people
    .filter(() => random() < share * (1 - SILENT_SHARE))
    .map((person) => {
      const day = Math.floor((from + random() * (to - from)) / DAY_SECONDS) * DAY_SECONDS;
      const diagnosedAt = day + (FIRST_HOUR + random() * OFFICE_HOURS) * HOUR_SECONDS;
      const reportsAt = diagnosedAt + exponential(random, MEAN_DELAY_HOURS * HOUR_SECONDS);
      return { person, diagnosedAt, reportsAt, permission: undefined };
    })
    .filter(({ diagnosedAt }) => diagnosedAt > from)
    .sort((a, b) => a.diagnosedAt - b.diagnosedAt);
}

/** What a diagnosed person's phone will send: all numbers that it gave away in the last two weeks, by cell. */
export function prepareUpload(
  { person, permission }: Diagnosis,
  now: number,
  random: SeededRandom,
  coarser: (cell: bigint) => bigint,
): Upload | undefined {
  const given = person.given.filter(({ at }) => at > now - REPORT_DAYS * DAY_SECONDS);
  const toCell = random() < COARSE_SHARE ? coarser : (cell: bigint) => cell;
  const byCell = new Map<bigint, Uint8Array[]>();
  for (const { cells, heard } of given) {
    for (const cell of new Set(cells.map(toCell))) {
      byCell.set(cell, [...(byCell.get(cell) ?? []), ...heard.map(({ cen }) => cen)]);
    }
  }
  const heard = given.flatMap(({ heard: some }) => some).filter((one) => one.upload === undefined);
  if (heard.length === 0 || permission === undefined) return undefined;
  const groups = [...byCell].map(([cell, cens]) => ({ cell, cens: new Uint8Array(Buffer.concat(cens)) }));
  const upload: Upload = {
    reporter: person,
    idempotencyKey: newIdempotencyKey(),
    ...permission,
    groups,
    heard,
    status: 'unknown',
    answeredAt: Number.NaN,
  };
  for (const one of heard) one.upload = upload;
  return upload;
}

/** Sends it, or sends it again after nothing was heard of the time before. */
export async function send(upload: Upload, baseUrl: string, now: () => number): Promise<void> {
  const { groups, idempotencyKey, number } = upload;
  const credential = { kind: 'permission', number } as const;
  const retry = { attempts: 2, firstDelayMs: 100 };
  const result = await report({ baseUrl, credential, groups, idempotencyKey, retry });
  if (result.status === 'problem') throw new Error(`An upload was answered with ${JSON.stringify(result.problem)}`);
  upload.status = result.status;
  upload.answeredAt = now();
}

/** Rebroadcasts a published number: somebody hears it only now, so it must not match. */
export function rebroadcast(published: Heard, hearer: Person, now: number): void {
  const heard: Heard = {
    cen: published.cen,
    observedAt: now,
    cells: published.cells,
    hearer,
    upload: undefined,
    matched: false,
  };
  hearer.heard.push(heard);
  for (const cell of published.cells) hearer.lastSeen.set(cell, now);
}
