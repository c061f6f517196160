/** A record, a command or a reply in monospace. It wraps between terms only, and can be copied whole. */

import { CopyButton } from "./copy-button.tsx";
import { Terms } from "./terms.tsx";

export interface CopyLabels {
  /** "Copy" */
  readonly label: string;
  /** "Copy the value": tells several buttons of a page apart. */
  readonly accessibleLabel?: string;
  readonly copiedLabel: string;
  readonly failedLabel: string;
}

interface CodeBlockProps {
  text: string;
  /** Without them there is no copy button. */
  copy?: CopyLabels;
  className?: string;
}

export function CodeBlock({ text, copy, className = "" }: CodeBlockProps) {
  return (
    <div className={`flex flex-wrap items-start gap-2 rounded-lg border border-line bg-sunken p-2 ${className}`}>
      <pre className="min-w-0 grow basis-56 self-center px-2 py-1 font-mono text-[0.875rem] leading-6 whitespace-pre-wrap text-ink">
        {text.split("\n").map((line, index) => (
          <code key={index} className="block min-h-6">
            <Terms text={line} />
          </code>
        ))}
      </pre>
      {copy === undefined ? null : <CopyButton text={text} {...copy} className="ml-auto shrink-0" />}
    </div>
  );
}
