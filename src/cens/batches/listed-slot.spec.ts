import fc from 'fast-check';
import { ListedSlot } from './listed-slot.js';

const parts = fc.uniqueArray(fc.tuple(fc.bigInt(0n, 300n), fc.integer({ min: 1, max: 9 })), {
  selector: ([region]) => region,
});

it('knows the parts of each region that it has, and none of any other', () => {
  fc.assert(
    fc.property(parts, (entries) => {
      const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
      const slot = new ListedSlot(
        sorted.flatMap(([region, many]) => Array.from({ length: many }, (_, part) => ({ region, start: 0, part }))),
      );
      const known = new Map(sorted);
      for (let region = 0n; region <= 301n; region++) expect(slot.partsOf(region)).toBe(known.get(region) ?? 0);
    }),
  );
});
