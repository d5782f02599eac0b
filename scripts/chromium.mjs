import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Finds a Chromium for the end-to-end tests: the one named in PW_CHROMIUM, Playwright's own, the system's, or one
 * installed with apt-get where that is possible.
 * @returns {Promise<{ executable: string } | { missing: string }>}
 */
export async function ensureChromium() {
  const found = (await findChromium()) ?? (installWithApt() ? onPath() : undefined);
  if (found) return { executable: found };
  return {
    missing:
      "No Chromium was found for the end-to-end tests. Install one (`npx playwright install chromium`, or your " +
      "system's package `chromium`), or name one in PW_CHROMIUM.",
  };
}

/** Without installing anything; undefined when there is none. */
export async function findChromium() {
  const named = process.env["PW_CHROMIUM"];
  if (named) return named;
  const { chromium } = await import("playwright");
  const own = chromium.executablePath();
  return existsSync(own) ? own : onPath();
}

function onPath() {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return programs.flatMap((program) => folders.map((folder) => path.join(folder, program))).find(isProgram);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installWithApt() {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return false;
  console.log("Installing Chromium with apt-get ...");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => spawnSync("apt-get", args, { stdio: "inherit", env }).status === 0;
  return (
    apt("install", "-y", "--no-install-recommends", "chromium") ||
    (apt("update") && apt("install", "-y", "--no-install-recommends", "chromium"))
  );
}
