/** Which build this is: the version, and the commit that it was made from. Written in by the bundler (`next.config.ts`). */

export const BUILD: string = process.env.REBOUND_BUILD ?? "unbuilt";
