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

/** `word`: what is cut out of the text; it has to be as long in octets as those that are put in later, and at most 65,535 octets. */
export function spliced(text: string, word: string): Spliced {
  const pieces = text.split(word).map((piece) => Buffer.from(piece, "utf8"));
  const packed = pieces.map((piece) => deflateRawSync(piece, { level: 6, finishFlush: constants.Z_FULL_FLUSH }));
  const trailerWith = trailers(pieces, Buffer.byteLength(word, "utf8"));
  return {
    octets: [...pieces, ...packed].reduce((sum, { length }) => sum + length, 0),
    plain: (other) => joined(pieces, Buffer.from(other, "utf8")),
    gzip: (other) => {
      const octets = Buffer.from(other, "utf8");
      return joined([HEADER, joined(packed, stored(octets)), LAST_BLOCK, trailerWith(octets)], Buffer.alloc(0));
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

/** RFC 1952 section 2.3.1. What the word adds to the check of the whole is linear in its own: one map, made once, for all its places. */
function trailers(pieces: readonly Buffer[], wordLength: number): (word: Buffer) => Buffer {
  const ofWord = shiftOf(wordLength);
  const ofPieces = pieces.map((piece) => ({ check: crc32(piece), shift: shiftOf(piece.length) }));
  const wholeCheck = (word: number) => ofPieces.reduce((before, { check, shift }, index) => joinedCheck(index === 0 ? 0 : joinedCheck(before, ofWord, word), shift, check), 0);
  const withoutWord = wholeCheck(0);
  const added = Uint32Array.from({ length: 32 }, (_, bit) => wholeCheck(2 ** bit) ^ withoutWord);
  const length = pieces.reduce((sum, piece) => sum + piece.length, wordLength * (pieces.length - 1));
  return (word) => {
    const end = Buffer.alloc(8);
    end.writeUInt32LE(joinedCheck(crc32(word), added, withoutWord), 0);
    end.writeUInt32LE(length % 2 ** 32, 4);
    return end;
  };
}
