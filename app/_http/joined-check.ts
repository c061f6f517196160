/**
 * The CRC-32 of RFC 1952 for a text put together of pieces whose own is known, without going over them again. To append n octets is to
 * shift the register by 8n bits, a linear map over GF(2): 32 columns, made once for each length.
 */

/** Column i is what the register becomes that had bit i alone. */
type Shift = Uint32Array;

const POLYNOMIAL = 0xedb88320;

function apply(shift: Shift, register: number): number {
  let result = 0;
  for (let bit = 0, rest = register; rest !== 0; bit += 1, rest >>>= 1) if ((rest & 1) === 1) result ^= shift[bit] ?? 0;
  return result >>> 0;
}

/** `second` after `first`. */
function followed(first: Shift, second: Shift): Shift {
  return first.map((column) => apply(second, column));
}

const ONE_BIT: Shift = Uint32Array.from({ length: 32 }, (_, bit) => (bit === 0 ? POLYNOMIAL : 2 ** (bit - 1)));
const NONE: Shift = Uint32Array.from({ length: 32 }, (_, bit) => 2 ** bit);

export function shiftOf(octets: number): Shift {
  let whole = NONE;
  let power = ONE_BIT;
  for (let bits = octets * 8; bits > 0; bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) whole = followed(whole, power);
    power = followed(power, power);
  }
  return whole;
}

/** The check of a text and, behind it, another: `shift` is the other's length, `check` its own. */
export function joinedCheck(before: number, shift: Shift, check: number): number {
  return (apply(shift, before) ^ check) >>> 0;
}
