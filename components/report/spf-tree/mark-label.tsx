/** A state at a node: icon and words. On a tinted ground where it is what the picture is looked at for. */

import { STATE_LOOKS } from "../../ui/outcome-badge.tsx";
import type { Mark } from "./words.ts";

export function MarkLabel({ mark, strong = false }: { mark: Mark; strong?: boolean }) {
  const { Icon, text, soft } = STATE_LOOKS[mark.state];
  return (
    <span className={`inline-flex max-w-full items-start gap-1 text-sm leading-5 font-medium ${strong ? `rounded-md px-1.5 py-0.5 ${soft}` : text}`}>
      <Icon aria-hidden className="mt-[3px] size-3.5" />
      <span className="min-w-0 self-baseline wrap-anywhere">{mark.text}</span>
    </span>
  );
}
