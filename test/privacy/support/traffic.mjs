// A mixed load whose every secret is known: what is accepted, what is refused, what is chaff, and what must never be written down.
import { randomBytes, randomInt } from 'node:crypto';
import { chaffToken, prepareToken, requestToken } from 'cen-client/token';
import { send } from '../../faults/support/http.mjs';
import { randomReport } from '../../faults/support/reports.mjs';

const REPORTS = 60;
const OTHERS = 20;
export const ADDRESSES = ['203.0.113.77', '2001:db8:77aa:bb:cc:dd:ee:ff'];
export const AGENT = 'probe-agent-4711';

/**
 * Uploads one after another, every second one with a token that its number has bought just before, everything else in between.
 * Returns the accepted reports in their order, and all that was sent; of those with a token, `token` and the `request` for it in bytes.
 */
export async function uploadMixed(url, rootKey, numbers) {
  const reports = numbers.slice(0, REPORTS).map((number) => randomReport(number));
  const refused = reports.slice(0, OTHERS).map(({ number }) => randomReport(number));
  const chaff = Array.from({ length: OTHERS }, () => randomReport(String(randomInt(1e11)).padStart(12, '0')));
  for (const [i, report] of reports.entries()) {
    const credential = i % 2 === 0 ? `Permission ${report.number}` : await buyToken(url, rootKey, report);
    await expectStatus(202, url, credential, report);
    // The answer was lost, and the phone asks again.
    if (i % 5 === 0) await expectStatus(202, url, credential, report);
    if (i % 3 === 0) await expectStatus(202, url, `Chaff ${chaff[i / 3].number}`, chaff[i / 3]);
    // Spent above, and tried again with another key.
    if (i % 3 === 1) await expectStatus(403, url, `Permission ${refused[(i - 1) / 3].number}`, refused[(i - 1) / 3]);
    if (i % 10 === 1) await expectStatus(403, url, credential, randomReport(report.number));
    if (i % 10 === 9) await expectStatus(422, url, 'Permission 000000000001', { ...report, body: randomBytes(500) });
  }
  return { accepted: reports, sent: [...reports, ...refused, ...chaff] };
}

/** Spends the report's number on a token, also asks again as after a lost answer, is refused another, and sends chaff at times. */
async function buyToken(baseUrl, rootKey, report) {
  const options = { baseUrl, rootKey, fetch: fetchAsProbe };
  const pending = await prepareToken(options);
  const ask = (request) => requestToken({ ...options, number: report.number, pending: request });
  const bought = await ask(pending);
  if (randomInt(3) === 0) await ask(pending);
  if (randomInt(3) === 0) expectRefused(await ask(await prepareToken(options)));
  if (randomInt(3) === 0) await chaffToken(options);
  if (bought.status !== 'issued') throw new Error(`a request for a token was answered ${JSON.stringify(bought)}`);
  report.token = Buffer.from(bought.token, 'base64url');
  report.request = Buffer.from(pending.request, 'base64url');
  return `PrivateToken token="${bought.token}"`;
}

function expectRefused({ status }) {
  if (status !== 'refused') throw new Error(`a second token for one number: ${status}`);
}

function fetchAsProbe(url, init) {
  return fetch(url, { ...init, headers: { ...init.headers, ...probeHeaders() } });
}

function probeHeaders() {
  return { 'user-agent': AGENT, 'x-forwarded-for': ADDRESSES[randomInt(ADDRESSES.length)] };
}

async function expectStatus(expected, url, authorization, { key, body }) {
  const headers = {
    authorization,
    'content-type': 'application/vnd.cen.report',
    'idempotency-key': key,
    ...probeHeaders(),
  };
  const { status } = await send(`${url}/v1/reports`, { method: 'POST', headers, body });
  if (status !== expected) throw new Error(`an upload was answered ${status}, not ${expected}`);
}
