// What stands for a number, a token, a report or a CEN in the database: known to nobody but this program, which has the keys.
import { createHash } from 'node:crypto';
import { hexCens } from '../../faults/support/reports.mjs';
import { Needles } from './needles.mjs';

/** Of a ciphertext, so much that no other begins alike. */
const CIPHERTEXT_BYTES = 24;
/** What a token ends with, of RSA-2048. */
const SIGNATURE_BYTES = 256;

/**
 * Opens the pending reports with the server's own key ring and code, before they are sealed.
 * @param accepted reports in the order of their uploads
 */
export async function learnTruth(database, environment, accepted) {
  const [{ loadConfig }, { openKeyRing }, { openPending }, { numberDigests }, { retryProofs }] = await Promise.all([
    import('../../../dist/platform/config/index.js'),
    import('../../../dist/platform/keys/index.js'),
    import('../../../dist/cens/reports/pending-codec.js'),
    import('../../../dist/permissions/number-digest.js'),
    import('../../../dist/permissions/retry-proof.js'),
  ]);
  const ring = openKeyRing(loadConfig(environment));
  const placeOfCen = new Map(accepted.flatMap((report, place) => censOf(report).map((cen) => [cen, place])));
  const rows = await database.query('SELECT id::text, key_id AS "keyId", sealed FROM pending_report');
  const pending = new Map(rows.map((row) => [placeOfCen.get(hexCens(openPending(row, ring).groups[0].cens)[0]), row]));
  const proofsOf = (credential, request) => retryProofs(credential, request, ring.live('retry-proof'));
  const digests = accepted.map(({ number }) => numberDigests(number, ring.live('number-hmac')));
  const tokenDigests = accepted.map(({ token }) => token && digestOf(token));
  const proofs = accepted.map(({ number, token, key }, place) => {
    const credential = token ? { kind: 'token', digest: tokenDigests[place] } : { kind: 'permission', number };
    return proofsOf(credential, Buffer.from(key, 'base64url'));
  });
  const known = accepted.flatMap((report, place) => {
    const { id, sealed } = pending.get(place);
    const stands = (kind, pieces) => pieces.map((bytes) => ({ bytes, means: { kind, report: place } }));
    return [
      ...stands('number', digests[place]),
      ...(report.token
        ? [
            ...stands('number', proofsOf({ kind: 'issuance', number: report.number }, report.request)),
            ...stands('token', [tokenDigests[place], ...proofs[place]]),
          ]
        : stands('number', proofs[place])),
      ...stands('report', [Buffer.from(id.replaceAll('-', ''), 'hex'), sealed.subarray(0, CIPHERTEXT_BYTES)]),
      ...stands(
        'cen',
        censOf(report).map((cen) => Buffer.from(cen, 'hex')),
      ),
    ];
  });
  const pendingIds = accepted.map((_, place) => pending.get(place).id);
  return { needles: new Needles(known), pendingIds, digests, proofs, tokenDigests };
}

/** As `spent_token` has it (ADR 0015): of all that was signed. */
function digestOf(token) {
  return createHash('sha256').update(token.subarray(0, -SIGNATURE_BYTES)).digest();
}

export function censOf({ groups }) {
  return [...new Set(groups.flatMap(({ cens }) => hexCens(cens)))];
}
