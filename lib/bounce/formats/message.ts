/** A whole message, or its header, that tells of no refusal: only the header is looked at. */

import { findCodedReplies } from "../find-replies.ts";
import { type Header, headerBlock, headerBlocks } from "../headers.ts";
import type { Paste } from "./format.ts";

/** Null where the text does not begin with a message's header, or tells of a refusal anywhere: reports pasted without their blank lines look like one long header. */
export function messageHeader({ text, parts }: Paste): readonly Header[] | null {
  const start = parts?.header ?? text.replace(/^\s+/, "").replace(/^From [^\n]{1,300}\n/, "");
  const block = headerBlock(start);
  if (headerBlocks(parts?.header ?? headerText(start)).length === 0 || block.length < 3) return null;
  return findCodedReplies(parts?.body ?? "").length > 0 || findCodedReplies(start).length > 0 ? null : block;
}

function headerText(text: string): string {
  const end = /\n[ \t]*\n/.exec(text);
  return end === null ? text : text.slice(0, end.index);
}
