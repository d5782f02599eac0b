// Built-in modules only: runs on Node 20 too.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./install.mjs";

const stampFile = path.join(root, "apps", "headgate", "dist", ".stamp");
const outputs = ["web/dist/index.html", "server/dist/main.js", "worker/dist/main.js", "headgate/dist/main.js"];
const sources = ["packages", "apps", "package-lock.json", "scripts/build.mjs"];
const ignored = new Set(["node_modules", "dist", "e2e", "testkit"]);

/** Whether the built programs are those of the sources as they are now. */
export function isBuilt() {
  if (!outputs.every((output) => existsSync(path.join(root, "apps", output)))) return false;
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === hashOfSources();
}

/** @param {string} hash that of the sources before the build began, in case one was changed meanwhile */
export function markBuilt(hash) {
  writeFileSync(stampFile, hash);
}

/** By content: a clone or a checkout changes every file's time. About 50 ms. */
export function hashOfSources() {
  const hash = createHash("sha256");
  for (const file of sources.flatMap((source) => listFiles(path.join(root, source))))
    hash.update(path.relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function listFiles(place) {
  if (!existsSync(place)) return [];
  if (!path.extname(place) && !path.basename(place).startsWith("."))
    return readdirSync(place, { withFileTypes: true })
      .filter(({ name }) => !ignored.has(name) && !/\.(test|int\.test)\.tsx?$|\.tsbuildinfo$/.test(name))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap((entry) =>
        entry.isDirectory() ? listFiles(path.join(place, entry.name)) : [path.join(place, entry.name)],
      );
  return [place];
}
