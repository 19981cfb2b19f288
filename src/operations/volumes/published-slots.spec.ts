import { publishedSlots, wholeSlots } from './published-slots.js';

const CENS = 10;

function columns(...starts: number[]) {
  return {
    regions: BigInt64Array.from(starts, () => 0n),
    starts: Float64Array.from(starts),
    cens: Float64Array.from(starts, () => CENS),
    bytes: Float64Array.from(starts, () => 53),
  };
}

it('keeps all slots where they are few enough', () => {
  expect([...wholeSlots(columns(3, 3, 2), 3).starts]).toEqual([3, 3, 2]);
});

it('leaves the oldest slot out where there are more, since it may lack regions', () => {
  expect([...wholeSlots(columns(3, 3, 2, 2), 3).starts]).toEqual([3, 3]);
});

it('keeps as much as may be of a slot that is too large by itself', () => {
  expect([...wholeSlots(columns(3, 3, 3, 3), 3).starts]).toEqual([3, 3, 3]);
});

it('tells slots apart, and which of their worlds may hold decoys', () => {
  const padded = (most: number) =>
    publishedSlots(columns(3, 3, 2), most).map(({ start, volumes }) => [start, volumes.map((v) => v.isPadded)]);
  expect(padded(CENS)).toEqual([
    [3, [true, true]],
    [2, [true]],
  ]);
  expect(padded(CENS - 1)).toEqual([
    [3, [false, false]],
    [2, [false]],
  ]);
});
