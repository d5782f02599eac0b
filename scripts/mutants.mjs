// `npm run test:mutants [word]`: takes each protection away in turn, in a copy, and demands that its test goes red.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureInstalled, env, root } from "./install.mjs";
import { mutants } from "./mutant-list.mjs";

const leftOut = new Set(["node_modules", ".git", "dist", "reports", "test-results"]);

/** A copy of the checkout whose own packages are the copies, and whose other dependencies are the installed ones. */
export function copyCheckout(from) {
  const copy = mkdtempSync(path.join(os.tmpdir(), "headgate-mutants-"));
  cpSync(from, copy, { recursive: true, filter: (source) => !leftOut.has(path.basename(source)) });
  linkModules(path.join(from, "node_modules"), path.join(copy, "node_modules"));
  for (const folder of ["apps", "packages"])
    for (const name of readdirSync(path.join(from, folder)))
      linkModules(path.join(from, folder, name, "node_modules"), path.join(copy, folder, name, "node_modules"));
  return copy;
}

function linkModules(from, to) {
  // Links to our own packages are relative, so a copied link leads to the copy.
  spawnSync("mkdir", ["-p", to]);
  let names = [];
  try {
    names = readdirSync(from);
  } catch {
    rmSync(to, { recursive: true, force: true });
  }
  for (const name of names)
    if (name === "@headgate")
      cpSync(path.join(from, name), path.join(to, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(path.join(from, name), path.join(to, name));
}

/** Whether the named test is red with the protection taken away; throws where the text to replace is not there once. */
function goesRed(copy, { file, from, to, also, test, project = "int", only }) {
  const restore = [{ file, from, to }, ...(also ? [also] : [])].map((change) => takeAway(copy, change));
  const report = path.join(copy, "mutant.json");
  rmSync(report, { force: true });
  const named = only ? ["-t", only] : [];
  const reporting = ["--reporter=json", `--outputFile.json=${report}`];
  spawnSync("vitest", ["run", "--project", project, test, ...named, ...reporting], { cwd: copy, env, stdio: "ignore" });
  for (const putBack of restore) putBack();
  const { numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
  return numFailedTests > 0;
}

/** Changes one text of the copy and returns how to put it back. */
function takeAway(copy, { file, from, to }) {
  const place = path.join(copy, file);
  const text = readFileSync(place, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold this text exactly once: ${from}`);
  writeFileSync(
    place,
    text.replace(from, () => to),
  );
  return () => writeFileSync(place, text);
}

if (process.argv[1] === import.meta.filename) {
  ensureInstalled();
  const chosen = mutants.filter(({ name }) => name.includes(process.argv[2] ?? ""));
  const copy = copyCheckout(root);
  const totals = { passed: 0, failed: 0 };
  try {
    for (const mutant of chosen) {
      let verdict;
      try {
        verdict = goesRed(copy, mutant) ? "red, as it must be" : `STILL GREEN: ${mutant.test} proves nothing`;
      } catch (error) {
        verdict = `NOT TRIED: ${error.message}`;
      }
      totals[verdict.startsWith("red") ? "passed" : "failed"] += 1;
      console.log(`${mutant.name}: ${verdict}`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode = totals.failed > 0 ? 1 : 0;
}
