import fc from 'fast-check';
import { ByteBudget } from './byte-budget.js';

const MOST = 100;
const MOST_OF_NETWORK = 40;

it('never holds more than it may, in all and of each network, and refuses nothing else', () => {
  const step = fc.record({ network: fc.constantFrom('a', 'b', 'c', 'd'), bytes: fc.nat(50), back: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const budget = new ByteBudget(MOST, MOST_OF_NETWORK);
      const held: { network: string; bytes: number }[] = [];
      const sum = (network?: string) =>
        held
          .filter((one) => network === undefined || one.network === network)
          .reduce((all, { bytes }) => all + bytes, 0);
      for (const { network, bytes, back } of steps) {
        const returned = back ? held.shift() : undefined;
        if (returned !== undefined) budget.giveBack(returned.network, returned.bytes);
        const fits = sum() + bytes <= MOST && sum(network) + bytes <= MOST_OF_NETWORK;
        expect(budget.take(network, bytes)).toBe(fits);
        if (fits) held.push({ network, bytes });
      }
    }),
  );
});
