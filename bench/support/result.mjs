// What a benchmark gives back: rows, each a measurement beside its limit, or a figure alone.
import { median, quantile } from './statistics.mjs';

export const atMost = (bound) => ({ bound, sign: '≤', holds: (value) => value <= bound });
export const atLeast = (bound) => ({ bound, sign: '≥', holds: (value) => value >= bound });

/**
 * A measurement against its limit, sample by sample; the gate is on the median ratio.
 * @param measured samples, and `limit` as many, in the same unit
 */
export function compared({ what, unit, measured, limit, gate }) {
  const ratios = measured.map((sample, round) => sample / limit[round]);
  return {
    what,
    unit,
    measured: median(measured),
    limit: median(limit),
    ratio: median(ratios),
    least: quantile(ratios, 0.1),
    most: quantile(ratios, 0.9),
    samples: ratios.length,
    ...verdict(median(ratios), gate),
  };
}

/** A measurement whose gate is on itself. */
export function bounded({ what, unit, measured, gate }) {
  return { what, unit, measured, ...verdict(measured, gate) };
}

/** Measurements of the same, whose gate is on their median. */
export function boundedMedian({ what, unit, samples, gate }) {
  const measured = median(samples);
  const spread = { least: quantile(samples, 0.1), most: quantile(samples, 0.9), samples: samples.length };
  return { what, unit, measured, ...spread, ...verdict(measured, gate) };
}

/** A figure that is printed and not judged. */
export function figure(what, unit, measured) {
  return { what, unit, measured };
}

function verdict(value, gate) {
  return gate === undefined ? {} : { gate: `${gate.sign} ${gate.bound}`, met: gate.holds(value) };
}
