/** Who may import whom: docs/architecture.md, as rules. `npm test` runs them as its stage "imports". */

/** In lib, each room and the rooms below it that it may use. Itself always; nothing else. */
const ROOMS = {
  address: [],
  dns: ["address"],
  environment: ["dns", "address"],
  providers: ["dns", "address"],
  // Whose include to propose is data of the providers' room.
  spf: ["providers", "dns", "address"],
  dkim: ["dns", "address"],
  dmarc: ["dns", "address"],
  transport: ["dns", "address"],
  bounce: ["dns", "address"],
  diagnosis: ["bounce", "spf", "dkim", "dmarc", "transport", "providers", "dns", "address"],
  watch: ["diagnosis", "spf", "dns", "address"],
  "mail-test": ["diagnosis", "bounce", "dkim", "dns", "address"],
  store: ["diagnosis", "environment"],
  messages: ["diagnosis", "bounce", "spf", "dkim", "dmarc"],
  // Sentences come in already said; of messages only their types.
  "hand-over": ["messages", "diagnosis", "providers", "dns", "address"],
};

/** Rooms that talk to the world outside; all others are pure. */
const WORLDLY = ["dns", "store"];

const TEST = "\\.test\\.tsx?$";
/** What several tests share: tables, generators, samples. */
const TEST_HELPER = "^lib/(dkim/signed-messages|spf/(rfc-cases|random-records)|store/(sample-report|killed-writer|backends))\\.ts$|^lib/(bounce/fixtures|spf/(rfc7208|differential)|(dkim|dmarc)/differential)/";

const rooms = Object.entries(ROOMS).map(([room, below]) => ({
  name: `lib-${room}`,
  comment: `lib/${room} may use ${below.length === 0 ? "no other room" : below.map((name) => `lib/${name}`).join(", ")}.`,
  severity: "error",
  from: { path: `^lib/${room}/`, pathNot: TEST },
  to: { path: "^lib/", pathNot: `^lib/(${[room, ...below].join("|")})/` },
}));

export default {
  forbidden: [
    ...rooms,
    {
      name: "lib-known-rooms",
      comment: "A new room in lib is added to ROOMS, with what it may use.",
      severity: "error",
      from: {},
      to: { path: "^lib/", pathNot: `^lib/(${Object.keys(ROOMS).join("|")})/` },
    },
    { name: "lib-is-below", comment: "lib knows nothing of pages and components.", severity: "error", from: { path: "^lib/" }, to: { path: "^(app|components|scripts)/" } },
    { name: "components-are-below", comment: "Components know nothing of pages.", severity: "error", from: { path: "^components/", pathNot: TEST }, to: { path: "^app/" } },
    { name: "no-tests-in-the-product", comment: "The product uses nothing made for tests, measurements or commands.", severity: "error", from: { path: "^(app|components|lib)/", pathNot: `${TEST}|${TEST_HELPER}` }, to: { path: `^(e2e|bench|scripts)/|${TEST}|${TEST_HELPER}` } },
    {
      name: "components-do-no-io",
      comment: "A component shows what it is given.",
      severity: "error",
      from: { path: "^components/", pathNot: TEST },
      to: { path: `^(lib/(${WORLDLY.join("|")}|environment)/|(node:)?(fs|net|dns|http|https|tls|dgram|child_process|sqlite)(/|$))`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pure-lib",
      comment: "Outside lib/dns and lib/store nothing in lib reads files, sockets or clocks of others.",
      severity: "error",
      from: { path: "^lib/", pathNot: `^lib/(${WORLDLY.join("|")})/|${TEST}|${TEST_HELPER}` },
      to: { path: "^(node:)?(fs|net|dns|http|https|http2|tls|dgram|child_process|worker_threads|sqlite)(/|$)", dependencyTypes: ["core"], dependencyTypesNot: ["type-only"] },
    },
    { name: "lib-without-framework", comment: "lib runs without React and Next.", severity: "error", from: { path: "^lib/" }, to: { path: "^node_modules/(next|react|react-dom)/" } },
    { name: "no-circular", comment: "A circle has no top to read from.", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "not-to-unresolvable", comment: "The import leads nowhere.", severity: "error", from: {}, to: { couldNotResolve: true } },
    { name: "declared", comment: "Used, and not in package.json.", severity: "error", from: {}, to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] } },
    {
      name: "no-dev-dependencies-in-the-product",
      comment: "What is served must be in dependencies.",
      severity: "error",
      from: { path: "^(app|components|lib)/|^(proxy|instrumentation)\\.ts$", pathNot: `${TEST}|${TEST_HELPER}` },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "^node_modules/" },
    exclude: { path: "^\\.next/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"], extensions: [".ts", ".tsx", ".mjs", ".js", ".json"] },
  },
};
