import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const sources = import.meta.glob<string>("../../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const folder = path.resolve(import.meta.dirname, "../../../../../node_modules/@mantine/core");
const listed = readFileSync(path.resolve(import.meta.dirname, "mantine.css"), "utf8");

function importedFromMantine(source: string): string[] {
  const imports = [...source.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)];
  return imports.flatMap(([, names = ""]) => names.split(",").map((name) => name.replace("type ", "").trim()));
}

describe("the styles of Mantine", () => {
  it("are loaded for every component that is used", () => {
    const used = new Set(Object.values(sources).flatMap(importedFromMantine));
    const styled = [...used].filter((name) => existsSync(path.join(folder, "styles", `${name}.layer.css`)));
    expect(styled.length).toBeGreaterThan(10);
    expect(styled.filter((name) => !listed.includes(`/${name}.layer.css"`))).toEqual([]);
  });
});
