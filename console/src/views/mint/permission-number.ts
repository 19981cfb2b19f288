/** The table of H. M. Damm's check digit, as the server has it (docs/protocol.md, section 5). */
const TABLE = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/** Whether a number fits its last digit: every single wrong digit and every swap of neighbours does not. */
export function fitsCheckDigit(number: string): boolean {
  let interim = 0;
  for (const digit of number) interim = Number(TABLE[interim]![Number(digit)]);
  return interim === 0;
}

/** As people read it: groups of at most four digits, as equal as they can be; 4-4-4 for twelve. */
export function groupsOf(number: string): string[] {
  const groups = Math.ceil(number.length / 4);
  const boundary = (group: number): number => Math.ceil((group * number.length) / groups);
  return Array.from({ length: groups }, (_, group) => number.slice(boundary(group), boundary(group + 1)));
}

/** The digits of what somebody typed, without what people put between them. */
export function digitsIn(text: string): string {
  return text.replace(/\D/g, '');
}

export type ReadBack =
  | { readonly kind: 'incomplete'; readonly wrong: readonly number[] }
  | { readonly kind: 'same' }
  /** `wrong`: positions from 1. `slip`: the check digit alone would have shown it to the patient's phone, too. */
  | { readonly kind: 'different'; readonly wrong: readonly number[]; readonly slip: boolean };

/** Compares what the patient read back with the number, digit by digit. */
export function compareReadBack(number: string, heard: string): ReadBack {
  const wrong = [...heard].flatMap((digit, index) => (digit === number[index] ? [] : [index + 1]));
  if (heard.length < number.length) return { kind: 'incomplete', wrong };
  if (heard === number) return { kind: 'same' };
  return { kind: 'different', wrong, slip: heard.length !== number.length || !fitsCheckDigit(heard) };
}
