// Part of `npm run lint`: no source file above 350 lines, no test above 500.
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./install.mjs";
import { isTestFile, listSourceFiles } from "./source-files.mjs";

const limits = { source: 350, test: 500 };

export function findSizeFaults(folder) {
  return listSourceFiles(folder).flatMap((file) => {
    const lines = readFileSync(path.join(folder, file), "utf8").trimEnd().split("\n").length;
    const limit = isTestFile(file) ? limits.test : limits.source;
    return lines > limit ? [`${file} has ${lines} lines; the limit is ${limit}. Split it by what it does.`] : [];
  });
}

if (process.argv[1] === import.meta.filename) {
  const faults = findSizeFaults(root);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
