import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Cluster } from "@headgate/store/embedded";
import { seedPractice } from "./practice/seed-practice.ts";
import type { Remembered } from "./remembered.ts";

/**
 * Makes the sample shop and the empty sample destination on their own server, unless they are there already. Returns
 * the file (mode 0600) that tells the web server how to reach them.
 */
export async function preparePractice(
  cluster: Cluster,
  passwords: Remembered["practice"],
  dataFolder: string,
): Promise<string> {
  const targets = await seedPractice(cluster.url(), passwords);
  const file = path.join(dataFolder, "practice.json");
  await writeFile(file, `${JSON.stringify(targets, null, 2)}\n`, { mode: 0o600 });
  return file;
}
