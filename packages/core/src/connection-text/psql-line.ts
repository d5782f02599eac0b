import type { Pair } from "./pair.ts";
import { refuse } from "./refusal.ts";

const options: Readonly<Record<string, string>> = {
  "-h": "host",
  "--host": "host",
  "-p": "port",
  "--port": "port",
  "-U": "user",
  "--username": "user",
  "-d": "database",
  "--dbname": "database",
};
const variables: Readonly<Record<string, string>> = {
  PGHOST: "host",
  PGPORT: "port",
  PGUSER: "user",
  PGDATABASE: "database",
  PGPASSWORD: "password",
  PGSSLMODE: "sslmode",
};
const withoutValue = /^(-[wWqAtXxn]+|--(no-)?password|--quiet|--no-psqlrc)$/;

/** `PGPASSWORD=… psql -h … -U …`; a connection string among its words is read by `readString`. */
export function readPsqlLine(text: string, readString: (text: string) => Pair[]): Pair[] {
  const words = shellWords(text);
  const pairs: Pair[] = [];
  const name = words.findIndex((word) => /^(.*\/)?psql(\.exe)?$/.test(word));
  for (const word of words.slice(0, name)) {
    const [, variable = "", value = ""] = /^([A-Z]+)=([\s\S]*)$/.exec(word) ?? [];
    const key = variables[variable] ?? refuse("Only variables such as PGPASSWORD may stand before psql.");
    pairs.push({ key, value });
  }
  const rest = words.slice(name + 1);
  const places = ["database", "user"];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (withoutValue.test(word)) continue;
    const [, option = "", attached] = /^(--[a-z]+|-[a-zA-Z])=?([\s\S]+)?$/.exec(word) ?? [];
    const key = word.startsWith("-") ? options[option] : places.shift();
    if (!key) refuse("This psql line has a part Headgate does not know. Keep only -h, -p, -U and -d.");
    const value = word.startsWith("-") ? (attached ?? rest.shift() ?? "") : word;
    if (key === "database" && /:\/\/|=/.test(value)) pairs.push(...readString(value));
    else pairs.push({ key, value });
  }
  return pairs;
}

function shellWords(text: string): string[] {
  const words: string[] = [];
  const word = /\s*((?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])+)/y;
  while (word.lastIndex < text.trimEnd().length) {
    const match = word.exec(text) ?? refuse("A quotation mark is opened and never closed.");
    words.push((match[1] ?? "").replaceAll(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g, unquoted));
  }
  return words;
}

function unquoted(_: string, single?: string, double?: string, escaped?: string): string {
  return single ?? double?.replaceAll(/\\(["\\$`])/g, "$1") ?? escaped ?? "";
}
