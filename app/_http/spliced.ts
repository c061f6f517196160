/**
 * A text that is sent many times, each time with another short word in the same places: kept ready to send, plain and compressed, so
 * that sending it costs a copy. In gzip (RFC 1952) what stands between the places is compressed once, each piece by itself (a full
 * flush of RFC 1951 ends it at an octet and forgets what came before), and the word stands between them in a stored block.
 */

import { constants, crc32, deflateRawSync } from "node:zlib";
import { joinedCheck, shiftOf } from "./joined-check.ts";

export interface Spliced {
  readonly octets: number;
  plain(word: string): Uint8Array<ArrayBuffer>;
  gzip(word: string): Uint8Array<ArrayBuffer>;
}

/** RFC 1952 section 2.3: deflate, no time, no name, any system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** RFC 1951 section 3.2.3: a last block, of fixed codes, with nothing in it. */
const LAST_BLOCK = Buffer.from([3, 0]);
const STORED_MAX = 0xffff;

/** `word`: what is cut out of the text; it has to be as long as those that are put in later, and at most 65,535 octets. */
export function spliced(text: string, word: string): Spliced {
  const pieces = text.split(word).map((piece) => Buffer.from(piece, "utf8"));
  const checks = pieces.map(checked);
  const packed = pieces.map((piece) => deflateRawSync(piece, { level: 6, finishFlush: constants.Z_FULL_FLUSH }));
  return {
    octets: [...pieces, ...packed].reduce((sum, { length }) => sum + length, 0),
    plain: (other) => joined(pieces, Buffer.from(other, "utf8")),
    gzip: (other) => {
      const octets = Buffer.from(other, "utf8");
      const body = joined(packed, stored(octets));
      return joined([HEADER, body, LAST_BLOCK, trailer(checks, checked(octets))], Buffer.alloc(0));
    },
  };
}

function joined(pieces: readonly Uint8Array[], between: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, between.length * (pieces.length - 1)));
  let at = 0;
  pieces.forEach((piece, index) => {
    if (index > 0) {
      whole.set(between, at);
      at += between.length;
    }
    whole.set(piece, at);
    at += piece.length;
  });
  return whole;
}

/** RFC 1951 section 3.2.4: three bits, the rest of their octet, the length, its complement, the octets. */
function stored(octets: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt16LE(octets.length, 1);
  head.writeUInt16LE(octets.length ^ STORED_MAX, 3);
  return Buffer.concat([head, octets]);
}

interface Checked {
  readonly length: number;
  readonly check: number;
  readonly shift: ReturnType<typeof shiftOf>;
}

function checked(octets: Buffer): Checked {
  return { length: octets.length, check: crc32(octets), shift: shiftOf(octets.length) };
}

function trailer(pieces: readonly Checked[], word: Checked): Buffer {
  let check = 0;
  let length = 0;
  pieces.forEach((piece, index) => {
    for (const part of index > 0 ? [word, piece] : [piece]) {
      check = joinedCheck(check, part.shift, part.check);
      length += part.length;
    }
  });
  const end = Buffer.alloc(8);
  end.writeUInt32LE(check, 0);
  end.writeUInt32LE(length % 2 ** 32, 4);
  return end;
}
