/**
 * The value to paste: its copy button first, so that it is in sight wherever the value begins. A long one is shown in part,
 * with a fade, until asked for; what is copied and what is read out is the whole, always.
 */

import { ChevronDown } from "../ui/icons.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import type { CopyLabels } from "../ui/code-block.tsx";
import { Terms } from "../ui/terms.tsx";

interface FixValueProps {
  text: string;
  copy: CopyLabels;
  /** Of the line that shows all of it, and less again. */
  wholeLabel: string;
}

/** In characters: six lines of a telephone, and of a desk. */
const LONG_WHEN_NARROW = 190;
const LONG_WHEN_WIDE = 560;

const CLAMPED = "overflow-hidden [mask-image:linear-gradient(#000_60%,transparent)] group-has-[details[open]]/value:max-h-none group-has-[details[open]]/value:[mask-image:none] print:max-h-none print:[mask-image:none] max-h-36";
const CLAMPED_WHEN_NARROW = "max-sm:overflow-hidden max-sm:[mask-image:linear-gradient(#000_60%,transparent)] max-sm:max-h-36 group-has-[details[open]]/value:max-h-none group-has-[details[open]]/value:[mask-image:none] print:max-h-none print:[mask-image:none]";

export function FixValue({ text, copy, wholeLabel }: FixValueProps) {
  const clamp = text.length > LONG_WHEN_WIDE ? CLAMPED : text.length > LONG_WHEN_NARROW ? CLAMPED_WHEN_NARROW : "";
  return (
    <div className="group/value rounded-lg border border-line bg-sunken p-2">
      <div className={`flow-root ${clamp}`}>
        <CopyButton text={text} {...copy} className="float-right ml-3 bg-sunken" />
        <pre className="min-h-11 px-2 py-2.5 font-mono text-[0.875rem] leading-6 whitespace-pre-wrap text-ink">
          <code data-fix-value>
            <Terms text={text} />
          </code>
        </pre>
      </div>
      {clamp === "" ? null : (
        <details className={`group/whole print:hidden ${clamp === CLAMPED ? "" : "sm:hidden"}`}>
          <summary className="flex min-h-11 list-none items-center justify-center gap-1.5 rounded-lg text-sm font-medium text-soft hover:text-accent [&::-webkit-details-marker]:hidden">
            <ChevronDown aria-hidden className="transition-transform duration-100 group-open/whole:rotate-180" />
            {wholeLabel}
          </summary>
        </details>
      )}
    </div>
  );
}
