import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

const ignored = new Set(["node_modules", "dist", "reports", "test-results", "playwright-report"]);

/** Every TypeScript and script file of the workspaces, as paths relative to the root with forward slashes. */
export function listSourceFiles(root) {
  return ["packages", "apps", "scripts"].flatMap((folder) => walk(root, folder));
}

function walk(root, folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ignored.has(entry.name) || entry.name.startsWith(".") ? [] : walk(root, place);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [place] : [];
  });
}

/** Files that exist for tests only. */
export function isTestFile(file) {
  return /\.test\.tsx?$|test-setup\.ts$|\/src\/(testing|bench)\/|^apps\/e2e\/|^packages\/testkit\//.test(file);
}
