// Random reports, and the ledger in which a program writes down what it sent and what it was answered.
import { randomBytes, randomInt } from 'node:crypto';
import { cellsAround, newIdempotencyKey, WORLD } from 'cen-client';

const CEN_BYTES = 16;
const PLACES = [
  [48.2, 16.37],
  [47.5, 19.05],
  [47.07, 15.44],
  [40.71, -74.0],
  [-33.87, 151.2],
];
const CELLS = [WORLD, ...PLACES.map(([latitude, longitude]) => cellsAround(latitude, longitude, 100)[0])];

/** One report in one or two cells; some of its CENs are reported under both. `accepted` is undefined until that is known. */
export function randomReport(number) {
  const cens = randomBytes(randomInt(1, 40) * CEN_BYTES);
  const shared = cens.subarray(0, randomInt(0, cens.length / CEN_BYTES + 1) * CEN_BYTES);
  const [first, second] = twoCells();
  const groups = [{ cell: first, cens }, ...(shared.length > 0 ? [{ cell: second, cens: shared }] : [])];
  return { number, key: newIdempotencyKey(), groups, body: pack(groups), accepted: undefined, sent: 0, statuses: [] };
}

/** Written down independently of the client (protocol section 4), and not padded. */
function pack(groups) {
  const pieces = groups.flatMap(({ cell, cens }) => {
    const head = Buffer.alloc(12);
    head.writeBigUInt64LE(cell, 0);
    head.writeUInt32LE(cens.length / CEN_BYTES, 8);
    return [head, cens];
  });
  return Buffer.concat(pieces);
}

function twoCells() {
  const first = randomInt(CELLS.length);
  const second = (first + randomInt(1, CELLS.length)) % CELLS.length;
  return [CELLS[first], CELLS[second]];
}

/** Every CEN of a report in hex, with the cells that it was reported in. */
export function cellsByCen({ groups }) {
  const cells = new Map();
  for (const { cell, cens } of groups) {
    for (const cen of hexCens(cens)) cells.set(cen, [...(cells.get(cen) ?? []), cell]);
  }
  return cells;
}

export function hexCens(packed) {
  return Buffer.from(packed).toString('hex').match(/.{32}/g) ?? [];
}
