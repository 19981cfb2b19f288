import { createHash, randomBytes } from 'node:crypto';
import { reportBody } from 'cen-client';
import { parsePackedReport } from '../dist/cens/reports/packed-report.js';
import { Regions } from '../dist/regions/index.js';
import { interleave } from './support/interleave.mjs';
import { atMost, compared } from './support/result.mjs';

export const description = 'parsing, validating and deduplicating a packed report of 9,072 CENs';
export const limit = 'SHA-256 of its body by node:crypto';
export const gate = atMost(1.2);
export const sizes = { full: { cens: 9072, rounds: 5000 }, smoke: { cens: 9072, rounds: 50 } };

const RULES = { maxReportCens: 32_000, cenShape: 'random' };
/** Until both are compiled by V8's last compiler. */
const WARM_UPS = 1000;

/** One body at a time, in turns of a fraction of a millisecond: shorter than what else a machine does in between. */
export async function run({ cens, rounds }, progress) {
  const body = Buffer.from(reportBody([{ cell: 0n, cens: randomBytes(cens * 16) }]));
  const regions = new Regions();
  const copy = Buffer.alloc(body.length);
  const milliseconds = (work) => () => {
    // Parsing uses a body up.
    body.copy(copy);
    const begun = performance.now();
    work();
    return performance.now() - begun;
  };
  const samples = await interleave(
    {
      parse: milliseconds(() => {
        const [{ cens: distinct }] = parsePackedReport(copy, RULES, regions);
        if (distinct.length !== cens * 16) throw new Error('not every CEN was read');
      }),
      hash: milliseconds(() => createHash('sha256').update(copy).digest()),
    },
    { rounds, warmUps: WARM_UPS, progress },
  );
  const row = compared({ what: `${cens} CENs`, unit: 'ms', measured: samples.parse, limit: samples.hash, gate });
  return { did: `parsed a body of ${body.length} bytes ${rounds} times`, rows: [row] };
}
