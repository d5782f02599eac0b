import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { PracticeTargets } from "./context.ts";

const sideSchema = z.object({
  host: z.string(),
  port: z.int(),
  database: z.string(),
  user: z.string(),
  password: z.string(),
});

/** Where the launcher has started the sample data; undefined when there is none. */
export async function readPracticeFile(file: string | undefined): Promise<PracticeTargets | undefined> {
  if (file === undefined || file === "") return undefined;
  const { source, destination } = z
    .object({ source: sideSchema, destination: sideSchema })
    .parse(JSON.parse(await readFile(file, "utf8")));
  return { source: targetOf(source), destination: targetOf(destination) };
}

function targetOf({ password, ...settings }: z.infer<typeof sideSchema>): PracticeTargets["source"] {
  return { settings: { ...settings, tlsMode: "prefer" }, password };
}
