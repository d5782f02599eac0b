// Runs on whatever Node the machine has (20 or newer) before anything is installed: built-in modules only.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** The Node 24 that comes with the dependencies; everything but these scripts runs on it. */
export const node = path.join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");

/** The environment in which our own programs are found first. */
export const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env["PATH"] ?? ""}` };

/** Installs with `npm ci` unless what is installed is exactly what package-lock.json says. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.log("Installing dependencies (about a minute; only now and after updates) ...");
  // npm tells its scripts how it was called; alone, it is looked for in the usual way.
  const npm = process.env["npm_execpath"];
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, error } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: "inherit" })
    : spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status === 0 && isInstalled()) return;
  console.error(
    `\nThe dependencies could not be installed${error ? `: ${error.message}` : ""}. What npm says is above.`,
  );
  process.exit(1);
}

function isInstalled() {
  const hidden = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(hidden) || !existsSync(node)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(hidden, "utf8")).packages;
  return matchesLock(wanted, present);
}

/** Whether the packages that are present are those of the lock file, in the same versions. */
export function matchesLock(wanted, present) {
  return Object.entries(wanted).every(([place, { version, link, optional, devOptional, peer }]) => {
    if (!place.includes("node_modules/")) return true;
    const found = present[place];
    // What is optional is left out on machines it is not made for.
    if (!found) return Boolean(optional || devOptional || peer);
    return link ? Boolean(found.link) : found.version === version;
  });
}
