import { startTestServer, type TestServer } from '../support/test-server.js';
import { tryReportMutations } from './report-mutations.js';

/** Few here; `node test/mutations/mutate-reports.mjs --rounds 10000` tries as many as it is told. */
const ROUNDS = Number(process.env['REPORT_MUTATION_ROUNDS'] ?? 800);
const SEED = Number(process.env['REPORT_MUTATION_SEED'] ?? Date.now() % 1_000_000);

let server: TestServer;
beforeAll(async () => {
  // A floor of a millisecond, so that answers are padded as in production.
  server = await startTestServer({ settings: { MAX_REPORT_CENS: '50', RESPONSE_FLOOR_MS: '1' } });
});
afterAll(() => server.close());

it(
  'POST /v1/reports answers mutated and random bodies with 202 or with a 4xx that names what is wrong, and spends no number for a 4xx',
  async () => {
    const tally = await tryReportMutations(server, ROUNDS, SEED);
    const tried = Object.values(tally).flatMap((statuses) => Object.values(statuses));
    expect(tried.reduce((sum, count) => sum + count, 0)).toBe(ROUNDS);
    if (process.env['REPORT_MUTATION_ROUNDS'] !== undefined) {
      console.log(JSON.stringify({ rounds: ROUNDS, seed: SEED, tally }, undefined, 2));
    }
  },
  20_000 + ROUNDS * 40,
);
