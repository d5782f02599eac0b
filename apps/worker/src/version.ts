import { readFileSync } from "node:fs";
import path from "node:path";

/** The version in the nearest package.json, the worker's own in a checkout and beside the bundle alike. */
export function readVersion(): string {
  const file = path.resolve(import.meta.dirname, "../package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}
