/** Which workspaces each workspace may import; `tests` may be imported by its test files in addition. */
export const workspaceRules = {
  "packages/contract": { may: [], registry: ["zod"] },
  "packages/core": { may: ["contract"] },
  "packages/connectors": { may: ["contract", "core"], tests: ["testkit"] },
  "packages/store": { may: ["contract", "core"], tests: ["testkit"] },
  "packages/testkit": { may: ["contract", "store", "store/embedded"] },
  "apps/server": { may: ["connectors", "contract", "core", "store"], tests: ["testkit"] },
  "apps/worker": { may: ["connectors", "contract", "core", "store"], tests: ["testkit"] },
  "apps/headgate": { may: ["contract", "core", "server", "store", "store/embedded", "worker"], tests: ["testkit"] },
  "apps/web": { may: ["contract", "core"] },
  "apps/e2e": { may: ["contract", "testkit"] },
};

/** Modules that can open sockets or ask resolvers, and the only folders that may import them (R40). */
export const socketModules = {
  names: /^(node:(net|tls|https?|http2|dgram|dns|dns\/promises)|undici|ws|ssh2|openid-client)$/,
  may: [
    "packages/connectors/src/net/",
    "packages/store/src/embedded/",
    "packages/testkit/",
    "apps/headgate/",
    "apps/e2e/",
  ],
};

/** `pg` would open a socket of its own; here it is given one that the egress gate opened. */
export const sessionFile = "packages/connectors/src/postgres/sign-in.ts";

/** Layers of the web application: what files under a prefix may reach. Features also reach their own folder. */
export const webLayers = [
  { under: "src/ui/", may: ["src/ui/", "src/lib/format/", "src/lib/messages", "src/lib/api-errors.ts"] },
  { under: "src/lib/", may: ["src/lib/"] },
  { under: "src/features/", may: ["src/ui/", "src/lib/"] },
  { under: "src/app/", may: ["src/app/", "src/features/", "src/ui/", "src/lib/"] },
];

/** The features another feature is built from, on purpose and in one direction only. */
export const featureUses = {
  // Steps 1, 2 and 4 are the connection form and its check.
  "flow-wizard": ["connections"],
  // A flow's page is mostly its runs.
  flows: ["runs"],
  // Changing the own password is a setting.
  settings: ["people"],
};
