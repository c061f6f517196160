/**
 * A page is read before anything on it is pressed: what it shows is painted first, and only then are its scripts fetched, which on a
 * slow line would share the line with it and on a slow phone hold up the first picture.
 */

/** As React writes them: of our own chunks, loaded in any order. One of another kind is left where it stands. */
const SCRIPT = /<script src="(\/_next\/static\/[\w./~-]+)"((?: async=""| nonce="[\w-]+"| id="[\w-]+"){2,3})><\/script>/g;
const PRELOAD = /<link rel="preload" as="script"[^>]*>/g;

/**
 * Where nothing is painted (a tab in the background) they are fetched all the same. What is pressed before React listens, which says so on
 * the document, is pressed once more then.
 */
const FETCH_AFTER_PAINT = `(scripts) => {
  const fetchAll = () => {
    for (const { src, id } of scripts.splice(0)) document.head.append(Object.assign(document.createElement("script"), { src, id, async: true }));
  };
  requestAnimationFrame(() => setTimeout(fetchAll));
  setTimeout(fetchAll, document.hidden ? 0 : 2000);
  const listens = () => Object.keys(document).some((name) => name.startsWith("_reactListening"));
  const pressed = new Set();
  const keep = ({ target }) => {
    const button = target.closest?.("button[type=button]:not([popovertarget])");
    if (button && !listens() && pressed.add(button).size === 1) pressAgain();
  };
  const pressAgain = () => {
    if (!listens()) return setTimeout(pressAgain, 50);
    removeEventListener("click", keep, true);
    for (const button of pressed) button.click();
  };
  addEventListener("click", keep, true);
  document.currentScript.remove();
}`.replaceAll(/\n\s*/g, " ");

/** `html`: as drawn with `nonce`, which is on the script that is put in too. */
export function scriptsLater(html: string, nonce: string): string {
  const scripts = [...html.matchAll(SCRIPT)].map(([, src, attributes = ""]) => ({ src, id: / id="([^"]*)"/.exec(attributes)?.[1] ?? "" }));
  const end = html.lastIndexOf("</body>");
  if (scripts.length === 0 || end < 0) return html;
  const fetching = `<script nonce="${nonce}">(${FETCH_AFTER_PAINT})(${JSON.stringify(scripts)})</script>`;
  return (html.slice(0, end) + fetching + html.slice(end)).replaceAll(SCRIPT, "").replaceAll(PRELOAD, "");
}
