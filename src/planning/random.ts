/** Uniform numbers in [0, 1) from a 32-bit seed, the same for the same seed: mulberry32. For models, never for secrets. */
export type SeededRandom = () => number;

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A standard normal number (Box–Muller). */
export function normal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** An exponential number with this mean. */
export function exponential(random: SeededRandom, mean: number): number {
  return -mean * Math.log(1 - random());
}

/** A Poisson number with this mean, by counting exponential gaps. */
export function poisson(random: SeededRandom, mean: number): number {
  let count = 0;
  for (let time = exponential(random, 1); time < mean; time += exponential(random, 1)) count += 1;
  return count;
}
