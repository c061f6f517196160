/** Streams that have no end of their own are ended when the server is told to stop: else it would wait for them. Browsers connect again by themselves. */

declare global {
  var reboundShutdown: Set<() => void> | undefined;
}

/** Returns what takes the wish back. */
export function atShutdown(end: () => void): () => void {
  const ends = (globalThis.reboundShutdown ??= listen());
  ends.add(end);
  return () => void ends.delete(end);
}

function listen(): Set<() => void> {
  const ends = new Set<() => void>();
  process.once("SIGTERM", () => {
    for (const end of [...ends]) end();
  });
  return ends;
}
