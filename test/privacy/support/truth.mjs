// What stands for a number, a report or a CEN in the database: known to nobody but this program, which has the keys.
import { hexCens } from '../../faults/support/reports.mjs';
import { Needles } from './needles.mjs';

/** Of a ciphertext, so much that no other begins alike. */
const CIPHERTEXT_BYTES = 24;

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
  const proofs = accepted.map(({ number, key }) =>
    retryProofs({ kind: 'permission', number }, Buffer.from(key, 'base64url'), ring.live('retry-proof')),
  );
  const known = accepted.flatMap((report, place) => {
    const { id, sealed } = pending.get(place);
    const digests = numberDigests(report.number, ring.live('number-hmac'));
    return [
      ...[...digests, ...proofs[place]].map((bytes) => ({ bytes, means: { kind: 'number', report: place } })),
      ...[Buffer.from(id.replaceAll('-', ''), 'hex'), sealed.subarray(0, CIPHERTEXT_BYTES)].map((bytes) => ({
        bytes,
        means: { kind: 'report', report: place },
      })),
      ...censOf(report).map((cen) => ({ bytes: Buffer.from(cen, 'hex'), means: { kind: 'cen', report: place } })),
    ];
  });
  return { needles: new Needles(known), pendingIds: accepted.map((_, place) => pending.get(place).id), proofs };
}

export function censOf({ groups }) {
  return [...new Set(groups.flatMap(({ cens }) => hexCens(cens)))];
}
