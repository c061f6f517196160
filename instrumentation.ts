/** Next calls this once, before the server answers. */

export async function register(): Promise<void> {
  // The bundler also makes an edge build of this file, which must not see Node's modules.
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { atStart } = await import("./app/_http/at-start.ts");
  await atStart();
}
