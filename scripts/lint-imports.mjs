// Part of `npm run lint`: who may import whom (ARCHITECTURE.md). A shortcut between packages is an error here.
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { featureUses, sessionFile, socketModules, webLayers, workspaceRules } from "./import-rules.mjs";
import { root } from "./install.mjs";
import { isTestFile, listSourceFiles } from "./source-files.mjs";

// At the start of a statement, so that the words "from" and "import" inside texts do not count.
const importPattern = /^(?:import|export)\s(?:[^"'`;]*?\sfrom\s+)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']/gm;

/** One line per import that breaks a rule. */
export function findImportFaults(folder) {
  const rootDev = readManifest(folder, ".").devDependencies ?? {};
  return listSourceFiles(folder).flatMap((file) => {
    const workspace = Object.keys(workspaceRules).find((place) => file.startsWith(`${place}/`));
    if (!workspace) return [];
    const context = { file, workspace, manifest: readManifest(folder, workspace), rootDev, test: isTestFile(file) };
    return importsOf(readFileSync(path.join(folder, file), "utf8")).flatMap(({ name, words, line }) => {
      const fault = name.startsWith(".")
        ? relativeFault(name, context)
        : (socketFault(name, words, context) ?? packageFault(name, context));
      return fault ? [`${file}:${line} ${fault}`] : [];
    });
  });
}

function importsOf(text) {
  return [...text.matchAll(importPattern)].map((match) => ({
    name: match[1] ?? match[2],
    words: match[0],
    line: text.slice(0, match.index + match[0].length).split("\n").length,
  }));
}

function relativeFault(name, { file, workspace, test }) {
  const target = path.posix.join(path.posix.dirname(file), name);
  if (!target.startsWith(`${workspace}/`)) return `reaches into another workspace: ${name}`;
  if (!test && /\/src\/(testing|bench)\//.test(target)) return `is for tests and measurements only: ${name}`;
  if (workspace !== "apps/web" || test) return undefined;
  const from = file.slice(workspace.length + 1);
  const to = target.slice(workspace.length + 1);
  const layer = webLayers.find(({ under }) => from.startsWith(under));
  if (!layer || layer.may.some((prefix) => to.startsWith(prefix))) return undefined;
  const [own, other] = [featureOf(from), featureOf(to)];
  if (own && (own === other || featureUses[own]?.includes(other))) return undefined;
  return `${layer.under} may not import ${other ? `the feature ${other}` : to}: join them in src/app/`;
}

function featureOf(place) {
  return /^src\/features\/([^/]+)\//.exec(place)?.[1];
}

/** Every outbound socket is opened by one module (R40); types open none, and tests play the other side. */
function socketFault(name, words, { file, workspace, test }) {
  if (test || /\/src\/(testing|bench)\//.test(file) || /^(import|export) type\b/.test(words)) return undefined;
  const opens = words.replaceAll(/\btype \w+/g, "");
  if (
    name === "pg" &&
    workspace === "packages/connectors" &&
    file !== sessionFile &&
    /\b(Client|Pool|pg) *[,}]/.test(opens)
  )
    return `only ${sessionFile} may make clients of pg: others ask for a session`;
  // Whether a text is an address is a question, not a connection.
  if (/^import \{( isIP(v4|v6)?,?)+ \} from/.test(words)) return undefined;
  const allowed = !socketModules.names.test(name) || socketModules.may.some((folder) => file.startsWith(folder));
  return allowed ? undefined : `${name} opens sockets: ask the egress gate in packages/connectors/src/net`;
}

function packageFault(name, { file, workspace, manifest, rootDev, test }) {
  if (isBuiltin(name)) return name.startsWith("node:") ? undefined : `write node:${name}`;
  if (name.startsWith("@headgate/")) {
    const wanted = name.slice("@headgate/".length);
    const { may, tests = [] } = workspaceRules[workspace];
    if (!may.includes(wanted) && !(test && tests.includes(wanted))) return `${workspace} may not import ${name}`;
  }
  const declared = /^(@[^/]+\/)?[^/]+/.exec(name)[0];
  const { registry } = workspaceRules[workspace];
  if (registry && !test && !name.startsWith("@headgate/") && !registry.includes(declared))
    return `${workspace} may import nothing but ${registry.join(", ")}`;
  if (declared in (manifest.dependencies ?? {})) return undefined;
  const dev = declared in (manifest.devDependencies ?? {}) || declared in rootDev;
  if (dev && (test || !file.startsWith(`${workspace}/src/`))) return undefined;
  return dev ? `${declared} is a dependency for tests only` : `${declared} is not in the package's dependencies`;
}

function readManifest(folder, workspace) {
  const file = path.join(folder, workspace, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

if (process.argv[1] === import.meta.filename) {
  const faults = findImportFaults(root);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
