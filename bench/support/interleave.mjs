/** Rounds that are run and not counted: the compiler, caches and connections are warm after them. */
const WARM_UPS = 1;

/**
 * Measures one after another, round after round (A B A B …), so that whatever slows the machine down slows both: their
 * ratio is then taken round by round.
 * @param measures functions by name; each gives one sample
 * @returns the samples by name, in the order of the rounds
 */
export async function interleave(measures, { rounds, warmUps = WARM_UPS, progress }) {
  const samples = Object.fromEntries(Object.keys(measures).map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    progress(round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`);
    for (const [name, measure] of Object.entries(measures)) {
      const sample = await measure(round);
      if (round >= 0) samples[name].push(sample);
    }
  }
  return samples;
}

/** Milliseconds that `work` takes. */
export async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
