// `npm run faults:matrix`: writes docs/fault-matrix.md from the names of the tests; with --check, asks the reports
// of the last `npm test` whether what the page says of it is so.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { faults, ways } from "./fault-list.mjs";
import { countIds, idsIn } from "./ids.mjs";
import { env, root } from "./install.mjs";
import { reportFiles } from "./reports.mjs";
import { listSourceFiles } from "./source-files.mjs";

const page = path.join(root, "docs", "fault-matrix.md");
const marks = { daily: "●", long: "○", none: "–", open: " " };

/** Which tests prove each cell: `{ "F1 append": [{ file, daily }] }`, from tests as vitest lists them. */
export function cellsOf(tests) {
  const cells = {};
  for (const { name, file, project } of tests)
    for (const id of new Set(idsIn(name.split(" > ").at(-1)))) {
      if (!/^F\d+( |$)/.test(id)) continue;
      const places = (cells[id] ??= new Map());
      places.set(file, places.get(file) === true || project !== "faults");
    }
  return cells;
}

/** How a fault in a way of writing is proven. */
export function markOf(cells, fault, way) {
  const { not = [], always } = faults[fault];
  if (not.includes(way)) return marks.none;
  const places = [cells[`${fault} ${way}`], always ? cells[fault] : undefined].flatMap((found) => [...(found ?? [])]);
  if (places.length === 0) return marks.open;
  return places.some(([, daily]) => daily) ? marks.daily : marks.long;
}

/** The table, in Markdown as Prettier writes it. */
export function tableOf(cells) {
  const rows = Object.entries(faults).map(([fault, { name }]) => [
    `${fault} ${name}`,
    ...ways.map((way) => markOf(cells, fault, way)),
  ]);
  const all = [["", ...ways], ...rows];
  const widths = all[0].map((_, place) => Math.max(3, ...all.map((row) => row[place].length)));
  const line = (row) => `| ${row.map((text, place) => text.padEnd(widths[place])).join(" | ")} |`;
  return [line(all[0]), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function pageOf(cells) {
  const files = Object.keys(faults).map((fault) => {
    const own = Object.entries(cells).filter(([id]) => id.split(" ")[0] === fault);
    const places = [...new Set(own.flatMap(([, found]) => [...found.keys()]))].toSorted((one, other) =>
      one.localeCompare(other),
    );
    return `- ${fault}:${places.length > 0 ? "" : " nothing yet"}\n${places.map((place) => `  - \`${place}\`\n`).join("")}`;
  });
  return `# Faults, and what is proven of them

${marks.daily} by \`npm test\`, ${marks.long} by \`npm run test:faults\` only, ${marks.none} cannot be met there, nothing: not proven yet. Written by
\`npm run faults:matrix\` from the names of the tests; after each fault the rows are compared with a model both ways, the
run's end with what it should be told, and nobody and nothing may be left (\`packages/testkit/src/invariants.ts\`).

${tableOf(cells)}

## Where

${files.join("")}`;
}

/** As they are called once their tables are filled in, for which vitest has to load the files: only those that matter. */
function listTests() {
  const files = listSourceFiles(root).filter(
    (file) => file.endsWith(".test.ts") && /\[F\d|"F\d/.test(readFileSync(path.join(root, file), "utf8")),
  );
  const projects = ["unit", "int", "faults"].flatMap((name) => ["--project", name]);
  const { stdout, status } = spawnSync("vitest", ["list", "--json", "--no-staticParse", ...projects, ...files], {
    cwd: root,
    env,
    encoding: "utf8",
    maxBuffer: 1e9,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("The tests could not be listed.");
  return JSON.parse(stdout.slice(stdout.indexOf("[\n"))).map(({ name, file, projectName }) => ({
    name,
    file: path.relative(root, file),
    project: projectName,
  }));
}

/** Cells that the page says `npm test` proves, and that no passed test of its last run does. */
export function unproven(text, ids) {
  const rows = text.split("\n").filter((line) => /^\| F\d/.test(line));
  return rows.flatMap((line) => {
    const [name, ...cells] = line.split("|").slice(1, -1);
    const fault = name.trim().split(" ")[0];
    return ways
      .filter((_, place) => cells[place]?.trim() === marks.daily)
      .map((way) => `${fault} ${way}`)
      .filter((id) => !ids.has(id) && !(faults[fault].always && ids.has(fault)));
  });
}

if (process.argv[1] === import.meta.filename) {
  if (!process.argv.includes("--check")) writeFileSync(page, pageOf(cellsOf(listTests())));
  else {
    const reports = Object.values(reportFiles).map((file) => path.join(root, file));
    const read = reports.filter(existsSync).map((file) => JSON.parse(readFileSync(file, "utf8")));
    const missing = unproven(readFileSync(page, "utf8"), new Map(countIds(read)));
    for (const id of missing) console.error(`docs/fault-matrix.md says that a test proves ${id}, and none passed.`);
    process.exitCode = missing.length > 0 ? 1 : 0;
  }
}
