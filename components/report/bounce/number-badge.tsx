/** The number that ties a place in the paste to what was read there. */

export function NumberBadge({ number }: { number: number }) {
  return <span className="number-badge">{number}</span>;
}
