/** The address ranges that a record's terms authorise, counted as whoever reads the unfolded record counts them. */

import { type AddressSet, keyOf, rangesWithin } from "./address-set.ts";
import type { Reading } from "./reading.ts";

/**
 * Every unbroken range that a `+` term anywhere in the records authorises, none twice. What an earlier exclusion takes off is
 * off: a network with a hole in it is two ranges. `meant`: all that the records authorise.
 */
export function rangesOf(readings: readonly Reading[], meant: AddressSet): AddressSet[] {
  const ranges = new Map<string, AddressSet>();
  for (const leaf of readings.flatMap(leavesOf)) {
    for (const range of rangesWithin(leaf.matches, meant)) ranges.set(keyOf(range), range);
  }
  return [...ranges.values()];
}

/** An include passes what its record passes (RFC 7208 section 5.2), so that only `+` all the way down authorises. */
function leavesOf(reading: Reading): Reading[] {
  if (reading.qualifier !== "+") return [];
  return reading.child === null ? [reading] : reading.child.terms.flatMap(leavesOf);
}

/** Terms in the records and under them. */
export function sizeOf(readings: readonly Reading[]): number {
  return readings.reduce((sum, { child }) => sum + 1 + (child === null ? 0 : sizeOf(child.terms)), 0);
}
