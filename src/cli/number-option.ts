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
