// A mixed load whose every secret is known: what is accepted, what is refused, what is chaff, and what must never be written down.
import { randomBytes, randomInt } from 'node:crypto';
import { send } from '../../faults/support/http.mjs';
import { randomReport } from '../../faults/support/reports.mjs';

const REPORTS = 60;
const OTHERS = 20;
export const ADDRESSES = ['203.0.113.77', '2001:db8:77aa:bb:cc:dd:ee:ff'];
export const AGENT = 'probe-agent-4711';

/** Uploads one after another, everything else in between. Returns the accepted reports in their order, and all that was sent. */
export async function uploadMixed(url, numbers) {
  const reports = numbers.slice(0, REPORTS).map((number) => randomReport(number));
  const refused = reports.slice(0, OTHERS).map(({ number }) => randomReport(number));
  const chaff = Array.from({ length: OTHERS }, () => randomReport(String(randomInt(1e11)).padStart(12, '0')));
  for (const [i, report] of reports.entries()) {
    await expectStatus(202, url, `Permission ${report.number}`, report);
    // The answer was lost, and the phone asks again.
    if (i % 5 === 0) await expectStatus(202, url, `Permission ${report.number}`, report);
    if (i % 3 === 0) await expectStatus(202, url, `Chaff ${chaff[i / 3].number}`, chaff[i / 3]);
    // Spent above, and tried again with another key.
    if (i % 3 === 1) await expectStatus(403, url, `Permission ${refused[(i - 1) / 3].number}`, refused[(i - 1) / 3]);
    if (i % 10 === 9) await expectStatus(422, url, 'Permission 000000000001', { ...report, body: randomBytes(500) });
  }
  return { accepted: reports, sent: [...reports, ...refused, ...chaff] };
}

async function expectStatus(expected, url, authorization, { key, body }) {
  const headers = {
    authorization,
    'content-type': 'application/vnd.cen.report',
    'idempotency-key': key,
    'user-agent': AGENT,
    'x-forwarded-for': ADDRESSES[randomInt(ADDRESSES.length)],
  };
  const { status } = await send(`${url}/v1/reports`, { method: 'POST', headers, body });
  if (status !== expected) throw new Error(`an upload was answered ${status}, not ${expected}`);
}
