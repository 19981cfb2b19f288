import { json } from '../support/http-client.js';
import { newIdempotencyKey } from '../support/packed-report.js';
import { referenceJsonReport } from '../support/reference-json-report.js';
import { referenceReport } from '../support/reference-report.js';
import type { TestServer } from '../support/test-server.js';
import { BodyMutator, type MutatedBody, seededRandom } from './body-mutation.js';

const NUMBERS_AT_ONCE = 500;
const FASTIFY_LIMIT = 512 * 1024 + 64 * 1024;

/** What was tried and how often each status came of it. */
export type MutationTally = Record<string, Record<number, number>>;

/**
 * Sends `rounds` mutated and random bodies to `POST /v1/reports`, each with a live number, and compares each answer with what
 * independent readers of the protocol say of the body.
 * @throws on the first answer that is wrong, and when a number was spent that bought no report
 */
export async function tryReportMutations(server: TestServer, rounds: number, seed: number): Promise<MutationTally> {
  const mutator = new BodyMutator(seededRandom(seed));
  const tally: MutationTally = {};
  let minted = 0;
  let accepted = 0;
  const numbers: string[] = [];
  for (let round = 0; round < rounds; round++) {
    if (numbers.length === 0) {
      numbers.push(...(await server.mint(NUMBERS_AT_ONCE)));
      minted += NUMBERS_AT_ONCE;
    }
    const mutated = mutator.next();
    const status = await tryOne(server, mutated, numbers.at(-1)!, `round ${round} of seed ${seed}`);
    if (status === 202) {
      accepted += 1;
      numbers.pop();
    }
    const statuses = (tally[mutated.kind] ??= {});
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  const [left] = await server.rows<{ numbers: number; pending: number }>(
    'SELECT (SELECT count(*)::int FROM permission_number) AS numbers, (SELECT count(*)::int FROM pending_report) AS pending',
  );
  if (left!.numbers !== minted - accepted)
    throw new Error(`${minted - accepted - left!.numbers} numbers were spent by refusals`);
  if (left!.pending !== accepted) throw new Error(`${accepted} reports were accepted and ${left!.pending} stored`);
  return tally;
}

async function tryOne(
  server: TestServer,
  { kind, mediaType, body }: MutatedBody,
  number: string,
  where: string,
): Promise<number> {
  const expected = verdict(server, mediaType, Buffer.from(body));
  const answer = await server.injectReport({ number, body, mediaType, idempotencyKey: newIdempotencyKey() });
  const problem = answer.status === 202 ? undefined : json<Problem>(answer);
  const got = problem?.code ?? 'accepted';
  const named = expected !== 'invalid-report' || (problem?.errors?.[0]?.detail ?? '') !== '';
  if (got === expected && named && problem?.detail !== '') return answer.status;
  const shown = `${answer.status} ${answer.body.toString().slice(0, 500)}`;
  throw new Error(`${where}, ${kind}: expected ${expected}, got ${shown} for ${body.toString('hex').slice(0, 2000)}`);
}

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

function verdict({ config }: TestServer, mediaType: MutatedBody['mediaType'], body: Buffer): string {
  if (body.length > FASTIFY_LIMIT) return 'payload-too-large';
  const read = mediaType === 'application/json' ? referenceJsonReport(body, config) : referenceReport(body, config);
  return typeof read === 'string' ? read : 'accepted';
}
