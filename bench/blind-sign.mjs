import { generateKeyPairSync, privateDecrypt, randomBytes, constants } from 'node:crypto';
import { IssuerKey } from '../dist/permissions/tokens/issuer-key.js';
import { parseTokenRequest } from '../dist/permissions/tokens/token-request.js';
import { interleave, timed } from './support/interleave.mjs';
import { atMost, bounded, compared } from './support/result.mjs';
import { median } from './support/statistics.mjs';

export const description = 'reading a request for an upload token, signing it blindly, checking the signature';
export const limit = 'the raw RSA-2048 private operation; 5 ms of server time';
export const gate = { milliseconds: atMost(5) };
export const sizes = { full: { rounds: 300 }, smoke: { rounds: 10 } };

export async function run({ rounds }, progress) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = new IssuerKey({ secret: privateKey.export({ type: 'pkcs8', format: 'der' }), activeFrom: 0 });
  const raw = { key: privateKey, padding: constants.RSA_NO_PADDING };
  let request;
  const samples = await interleave(
    {
      sign: () => {
        // A leading zero: below every modulus.
        request = Buffer.concat([Buffer.from([0, 2, key.truncatedId, 0]), randomBytes(255)]);
        return timed(() => key.blindSign(parseTokenRequest(request, [key], 1).blindedMessage));
      },
      raw: () => timed(() => privateDecrypt(raw, request.subarray(3))),
    },
    { rounds, progress },
  );
  return {
    did: `signed ${rounds} requests`,
    rows: [
      bounded({ what: 'a token', unit: 'ms', measured: median(samples.sign), gate: gate.milliseconds }),
      compared({ what: 'beside the raw operation', unit: 'ms', measured: samples.sign, limit: samples.raw }),
    ],
  };
}
