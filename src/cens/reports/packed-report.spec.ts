import fc from 'fast-check';
import { getRes0Cells, cellToChildren, latLngToCell } from 'h3-js';
import { hexCens, packReport, randomCens } from '../../../test/support/packed-report.js';
import { referenceReport } from '../../../test/support/reference-report.js';
import { Regions } from '../../regions/index.js';
import { CensError } from '../cens-error.js';
import { parsePackedReport } from './packed-report.js';
import type { ReportRules } from './report.js';

const regions = new Regions();
const RULES: ReportRules = { maxReportCens: 40, cenShape: 'random' };
const CELLS = [
  0n,
  ...getRes0Cells()
    .slice(0, 3)
    .flatMap((base) => [base, ...cellToChildren(base, 3).slice(0, 3)])
    .map((id) => BigInt(`0x${id}`)),
];

const parse = (body: Uint8Array, rules = RULES) => parsePackedReport(body, rules, regions);
const read = (body: Uint8Array) => parse(body).map(({ cell, cens }) => ({ cell, cens: hexCens(cens) }));

/** The code of the refusal, with the pointer of its fault. */
function refusal(body: Uint8Array): [string, string | undefined] {
  try {
    parse(body);
  } catch (error) {
    if (error instanceof CensError) return [error.code, error.errors?.[0]?.pointer];
    throw error;
  }
  return ['accepted', undefined];
}

const cen = fc.uint8Array({ minLength: 16, maxLength: 16, max: 3 });
const group = fc.record({
  cell: fc.constantFrom(...CELLS),
  cens: fc.array(cen, { maxLength: 6 }).map((list) => Buffer.concat(list)),
});
const groups = fc
  .array(group, { minLength: 1, maxLength: 5 })
  .filter((list) => list.some(({ cens }) => cens.length > 0));
/** An empty group of the world ends the list: the others must come before it. */
const unended = groups.map((list) => list.filter(({ cell, cens }) => cell !== 0n || cens.length > 0));

describe('a packed report', () => {
  it('gives back its cells, each CEN of one once, without the empty ones, whatever its padding', () => {
    fc.assert(
      fc.property(unended, fc.nat(80), (list, padding) => {
        const body = packReport(list);
        const padded = padding < 12 ? body : Buffer.concat([body, Buffer.alloc(padding)]);
        expect(read(padded)).toEqual(referenceReport(body, RULES));
      }),
      { numRuns: 1000 },
    );
  });

  it('is read as the reference reads it, also when bytes of it are changed, taken out or put in', () => {
    const change = fc.tuple(
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom('set', 'cut', 'insert', 'truncate'),
    );
    fc.assert(
      fc.property(unended, fc.array(change, { maxLength: 3 }), (list, changes) => {
        let bytes = Array.from(packReport(list));
        for (const [position, value, kind] of changes) {
          const at = position % (bytes.length + 1);
          if (kind === 'truncate') bytes = bytes.slice(0, at);
          else bytes.splice(at, kind === 'insert' ? 0 : 1, ...(kind === 'cut' ? [] : [value]));
        }
        const body = Buffer.from(bytes);
        const expected = referenceReport(body, RULES);
        if (typeof expected === 'string') expect(refusal(body)[0]).toBe(expected);
        else expect(read(body)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('is read at any place in memory, and a Buffer as well as a plain array', () => {
    const body = packReport([{ cell: 0n, cens: randomCens(3) }]);
    const expected = referenceReport(body, RULES);
    for (const offset of [0, 1, 2, 3, 4]) {
      const memory = Buffer.concat([Buffer.alloc(offset), body]);
      expect(read(memory.subarray(offset))).toEqual(expected);
      expect(read(new Uint8Array(memory).subarray(offset))).toEqual(expected);
    }
  });

  it('names what is wrong', () => {
    const good = packReport([{ cell: 0n, cens: randomCens(2) }]);
    const fine = BigInt(`0x${latLngToCell(1, 1, 5)}`);
    expect(refusal(Buffer.alloc(0))).toEqual(['invalid-report', '/groups']);
    expect(refusal(Buffer.concat([good, Buffer.alloc(5)]))).toEqual(['invalid-report', '/groups/1']);
    expect(refusal(good.subarray(0, -1))).toEqual(['invalid-report', '/groups/0/count']);
    expect(refusal(packReport([{ cell: fine, cens: randomCens(1) }]))).toEqual(['invalid-report', '/groups/0/region']);
    expect(refusal(Buffer.concat([good, Buffer.alloc(12), Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])]))).toEqual([
      'invalid-report',
      '/padding',
    ]);
    expect(refusal(packReport([{ cell: fine, cens: randomCens(41) }]))).toEqual(['report-too-large', undefined]);
  });

  it('counts a CEN once for a cell, however many groups list it', () => {
    const [one, other] = [randomCens(9), randomCens(9)];
    const sent = [one, other, one, one].map((cens, index) => ({ cell: CELLS[index === 1 ? 2 : 1]!, cens }));
    expect(read(packReport(sent))).toEqual([
      { cell: CELLS[1], cens: hexCens(one) },
      { cell: CELLS[2], cens: hexCens(other) },
    ]);
  });

  it('has at most a thousand groups', () => {
    const rules = { ...RULES, maxReportCens: 2000 };
    const of = (count: number) => packReport(Array(count).fill({ cell: 0n, cens: randomCens(1) }));
    expect(parse(of(1000), rules).length).toBe(1);
    expect(() => parse(of(1001), rules)).toThrow(CensError);
  });

  it('counts CENs before it takes repeated ones out, all groups together', () => {
    const twenty = Buffer.alloc(16 * 20, 7);
    const pair = [0n, CELLS[1]!].map((cell) => ({ cell, cens: twenty }));
    expect(parse(packReport(pair)).map(({ cens }) => cens.length)).toEqual([16, 16]);
    expect(refusal(packReport([...pair, { cell: 0n, cens: Buffer.alloc(16) }]))[0]).toBe('report-too-large');
  });
});
