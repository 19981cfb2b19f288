/**
 * The totally anti-symmetric quasigroup of order 10 of H. M. Damm's thesis (2004, p. 111), the standard table: it
 * catches every single wrong digit and every swap of neighbours.
 */
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
].map((row) => Array.from(row, Number));

/** The check digit of a string of digits: 572 → 4. */
export function damm(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = TABLE[interim][Number(digit)];
  return interim;
}
