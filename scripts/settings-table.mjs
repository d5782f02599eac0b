// `npm run settings`: writes the table of settings into the README; with --check, only says whether it is up to date.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { settingsTable } from "../packages/core/src/settings.ts";
import { root } from "./install.mjs";

const file = path.join(root, "README.md");
const [start, end] = ["<!-- settings:start -->", "<!-- settings:end -->"];

const rows = settingsTable.map(
  ({ name, meaning, default: standard }) =>
    `| \`${name}\` | ${standard === "" ? "" : `\`${standard}\``} | ${meaning.replaceAll("|", "\\|")} |`,
);
const table = ["| Variable | Default | Meaning |", "| --- | --- | --- |", ...rows].join("\n");

const readme = readFileSync(file, "utf8");
const [before, rest] = readme.split(start);
const after = rest?.split(end)[1];
if (after === undefined) {
  console.error(`README.md has no place for the table of settings, between "${start}" and "${end}".`);
  process.exit(1);
}
const wanted = await format(`${before}${start}\n\n${table}\n\n${end}${after}`, { parser: "markdown", printWidth: 120 });
if (process.argv.includes("--check")) {
  if (wanted === readme) process.exit(0);
  console.error("The table of settings in README.md is out of date: run `npm run settings`.");
  process.exit(1);
}
writeFileSync(file, wanted);
