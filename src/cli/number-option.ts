import { InvalidArgumentError } from 'commander';

/** Reads an option's value as a number within bounds. */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`A number from ${least} to ${most} is needed.`);
    }
    return value;
  };
}

/** Reads an option's value as a whole number that divides `dividend`, and is at least `least`. */
export function divisorOf(dividend: number, least: number): (text: string) => number {
  return (text) => {
    const value = numberBetween(least, dividend)(text);
    if (dividend % value !== 0) throw new InvalidArgumentError(`A whole number that divides ${dividend} is needed.`);
    return value;
  };
}
