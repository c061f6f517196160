/**
 * Whether a compound file (MS-CFB, the container of Outlook's `.msg`) can be walked to its end. The library that reads it follows
 * chains and trees as they stand in the file: one that leads back into itself would never end, and a size of its own choosing would
 * be allocated. So the tables are looked at first.
 */

/** MS-CFB section 2.1: ENDOFCHAIN; other values below zero are no sectors either. */
const END = -2;
const HEADER_FATS = 109;
const ENTRY_OCTETS = 128;
const NO_ENTRY = -1;

interface Tables {
  readonly view: DataView;
  readonly sector: number;
  /** How many sectors the file has room for. */
  readonly sectors: number;
  readonly fat: readonly number[];
}

/** False for what is no such file, and for one that is broken. */
export function isSoundCompoundFile(octets: Uint8Array): boolean {
  if (octets.length < 1536) return false;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const sector = view.getUint8(30) === 12 ? 4096 : 512;
  const sectors = Math.floor(octets.length / sector);
  const fat = fatSectors(view, sector, sectors);
  if (fat === null) return false;
  const tables: Tables = { view, sector, sectors, fat };
  if (!endsEverywhere(tables, fat)) return false;
  const mini = chain(tables, view.getInt32(60, true), view.getInt32(64, true));
  if (mini === null || !endsEverywhere(tables, mini)) return false;
  const directory = chain(tables, view.getInt32(48, true), sectors);
  return directory !== null && isTree(tables, directory);
}

/** The sectors that hold the table of chains: those that the header names, then those that a chain of lists does (section 2.5). */
function fatSectors(view: DataView, sector: number, sectors: number): readonly number[] | null {
  const count = view.getInt32(44, true);
  const lists = view.getInt32(72, true);
  if (count < 1 || count > sectors || lists < 0 || lists > sectors) return null;
  const fat = Array.from({ length: Math.min(count, HEADER_FATS) }, (_, index) => view.getInt32(76 + index * 4, true));
  let list = view.getInt32(68, true);
  for (let read = 0; read < lists && list >= 0; read += 1) {
    const at = (list + 1) * sector;
    if (at + sector > view.byteLength) return null;
    for (let entry = 0; entry < sector / 4 - 1 && fat.length < count; entry += 1) fat.push(view.getInt32(at + entry * 4, true));
    list = view.getInt32(at + sector - 4, true);
  }
  return fat.every((one) => one >= 0 && (one + 2) * sector <= view.byteLength) ? fat : null;
}

function nextIn({ view, sector }: Tables, table: readonly number[], index: number): number {
  const each = sector / 4;
  const block = table[Math.floor(index / each)];
  return index < 0 || block === undefined ? END : view.getInt32((block + 1) * sector + (index % each) * 4, true);
}

/** No chain of the table, wherever it is entered, leads back into itself. */
function endsEverywhere(tables: Tables, table: readonly number[]): boolean {
  const count = (table.length * tables.sector) / 4;
  /** 0: not seen, 1: on the way, 2: known to end. */
  const seen = new Uint8Array(count);
  for (let start = 0; start < count; start += 1) {
    const way: number[] = [];
    let at = start;
    for (; at >= 0 && at < count && seen[at] === 0; at = nextIn(tables, table, at)) {
      seen[at] = 1;
      way.push(at);
    }
    if (at >= 0 && at < count && seen[at] === 1) return false;
    for (const one of way) seen[one] = 2;
  }
  return true;
}

/** Null where it leaves the file. */
function chain({ view, sector, ...rest }: Tables, start: number, most: number): readonly number[] | null {
  const found: number[] = [];
  for (let at = start; at >= 0 && found.length < most; at = nextIn({ view, sector, ...rest }, rest.fat, at)) {
    if ((at + 2) * sector > view.byteLength) return null;
    found.push(at);
  }
  return found;
}

/** Every entry of the directory is reached once at most, and none claims more octets than the file has (section 2.6). */
function isTree({ view, sector }: Tables, directory: readonly number[]): boolean {
  const each = sector / ENTRY_OCTETS;
  const seen = new Uint8Array(directory.length * each);
  const open = [0];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const block = directory[Math.floor(index / each)];
    if (block === undefined || index < 0 || seen[index] === 1) return false;
    seen[index] = 1;
    const at = (block + 1) * sector + (index % each) * ENTRY_OCTETS;
    const size = view.getInt32(at + 120, true);
    if (size < 0 || size > view.byteLength) return false;
    for (const field of [68, 72, 76]) {
      const next = view.getInt32(at + field, true);
      if (next !== NO_ENTRY) open.push(next);
    }
  }
  return true;
}
