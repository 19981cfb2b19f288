// node bench/blind-sign.mjs: what a blind signature costs the server, against the raw RSA private operation alone, in the same run.
import { createPublicKey, generateKeyPairSync, privateDecrypt, randomBytes, constants } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { IssuerKey } from '../dist/permissions/tokens/issuer-key.js';
import { parseTokenRequest } from '../dist/permissions/tokens/token-request.js';

const ROUNDS = 300;
/** Of server time, issue 3. */
const LIMIT_MS = 5;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = new IssuerKey({ secret: privateKey.export({ type: 'pkcs8', format: 'der' }), activeFrom: 0 });
const head = Buffer.from([0, 2, key.truncatedId]);
const requests = Array.from({ length: ROUNDS }, () => Buffer.concat([head, Buffer.alloc(1), randomBytes(255)]));

const raw = { key: privateKey, padding: constants.RSA_NO_PADDING };
const operations = {
  'raw RSA': (request) => privateDecrypt(raw, request.subarray(3)),
  'read, sign, check': (request) => {
    const { blindedMessage } = parseTokenRequest(request, [key], 1);
    return key.blindSign(blindedMessage);
  },
};
const times = { 'raw RSA': [], 'read, sign, check': [] };
// One after the other of the same request, so that whatever else the machine does meets both alike.
for (const request of requests) {
  for (const [name, operation] of Object.entries(operations)) {
    const before = performance.now();
    operation(request);
    times[name].push(performance.now() - before);
  }
}
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const [least, whole] = Object.values(times).map(median);
console.log(`  ${ROUNDS} requests, RSA-${createPublicKey(privateKey).asymmetricKeyDetails.modulusLength}, medians`);
console.log(`    raw RSA private operation  ${least.toFixed(2)} ms`);
console.log(`    read, sign and check       ${whole.toFixed(2)} ms, ${(whole / least).toFixed(2)} times as long`);
console.log(whole <= LIMIT_MS ? `  ✔ within ${LIMIT_MS} ms` : `  ✘ more than ${LIMIT_MS} ms`);
process.exitCode = whole <= LIMIT_MS ? 0 : 1;
