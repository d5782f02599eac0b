// Part of `npm run lint`: whoever switches a rule off for a line says why, on that line, behind two dashes.
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./install.mjs";
import { listSourceFiles } from "./source-files.mjs";

export function findUnexplainedExceptions(folder) {
  return listSourceFiles(folder).flatMap((file) =>
    readFileSync(path.join(folder, file), "utf8")
      .split("\n")
      .flatMap((line, index) => {
        const comment = /(?:\/\/|\/\*)\s*((?:oxlint|eslint)-disable.*)$/.exec(line)?.[1];
        return comment === undefined || / --(?: \S|$)/.test(comment)
          ? []
          : [`${file}:${index + 1} switches a rule off without saying why (-- reason).`];
      }),
  );
}

if (process.argv[1] === import.meta.filename) {
  const faults = findUnexplainedExceptions(root);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
