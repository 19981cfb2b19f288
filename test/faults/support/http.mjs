// One request over node:http: what was lost on the way is an error, and nothing is tried again behind the program's back.
import http from 'node:http';

const TIMEOUT_MS = 15_000;

/** Resolves with status, headers and body; rejects when the connection is lost or `signal` aborts. */
export function send(url, { method = 'GET', headers = {}, body, agent, signal } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent, signal, timeout: TIMEOUT_MS }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () =>
        answer.complete
          ? resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) })
          : reject(new Error('cut off')),
      );
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(body);
  });
}

export async function get(url, agent) {
  const answer = await send(url, { agent });
  if (answer.status !== 200) throw new Error(`GET ${url}: ${answer.status}`);
  return answer;
}

/** Uploads a packed report with a permission number. */
export function postReport(baseUrl, { number, key, body }, options) {
  const headers = {
    'content-type': 'application/vnd.cen.report',
    'content-length': String(body.length),
    'idempotency-key': key,
    authorization: `Permission ${number}`,
  };
  return send(`${baseUrl}/v1/reports`, { method: 'POST', headers, body, ...options });
}
