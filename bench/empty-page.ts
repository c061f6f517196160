/** A page that says hello, of the same Next with the same settings: what any page costs before we write one. Built in a folder inside `.cache`, so that it finds our `node_modules`. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runTool } from "../scripts/process.ts";
import { neutralEnvironment } from "../scripts/settings.ts";
import { type PageWeight, weightOf } from "./page-weight.ts";

const FILES = {
  "package.json": '{ "name": "hello", "private": true, "type": "module" }\n',
  // Ours, but with this folder's neighbours in view: Next asks where the modules stand.
  "next.config.mjs": `import ours from "../../next.config.ts";\nexport default { ...ours, turbopack: { root: ${JSON.stringify(ROOT)} } };\n`,
  "app/layout.jsx": "export default function Layout({ children }) {\n  return <html lang=\"en\"><body>{children}</body></html>;\n}\n",
  "app/page.jsx": "export default function Page() {\n  return <h1>Hello, world</h1>;\n}\n",
} as const;

/** Rejects with what the build said when it fails. */
export async function emptyPageWeight(): Promise<PageWeight> {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, ".cache", "hello-"));
  try {
    mkdirSync(join(folder, "app"));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    const { code, output } = await runTool("next/dist/bin/next", ["build"], { quiet: true, cwd: folder, env: { ...neutralEnvironment(), NODE_ENV: "production" } });
    if (code !== 0) throw new Error(`The empty page does not build:\n${output}`);
    const html = readFileSync(join(folder, ".next", "server", "app", "index.html"), "utf8");
    return await weightOf("hello, world", html, (source) => Promise.resolve(readFileSync(join(folder, ".next", decodeURI(source.replace(/^\/_next\//, ""))))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
