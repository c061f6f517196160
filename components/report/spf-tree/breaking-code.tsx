/** A term, a name or a network in monospace: a long one breaks behind its mechanism first, then behind dots, colons and slashes, elsewhere only when it must. */

import { Fragment } from "react";
import { visibleText } from "../visible-text.ts";

/** `unbroken`: a name of so many characters fits on a line of its own, and goes there whole. */
export function BreakingCode({ text, className = "", unbroken = 0 }: { text: string; className?: string; unbroken?: number }) {
  const shown = visibleText(text);
  const head = /^[^.:=/]*[:=]/.exec(shown)?.[0] ?? "";
  const rest = shown.slice(head.length);
  return (
    <bdi className={`code min-w-0 wrap-anywhere ${className}`}>
      {head}
      {head === "" ? null : <wbr />}
      {rest.length <= unbroken ? <span className="whitespace-nowrap">{rest}</span> : <Pieces text={rest} />}
    </bdi>
  );
}

function Pieces({ text }: { text: string }) {
  return text.split(/(?<=[.:=/])/).map((piece, index) => (
    // Nothing but its place tells two equal pieces apart, and the text never changes in place.
    <Fragment key={index}>
      {index === 0 ? null : <wbr />}
      {piece}
    </Fragment>
  ));
}
