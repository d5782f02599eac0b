import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, type BrowserContext, type Page } from "@playwright/test";
import type { RunningProduct } from "./fixtures.ts";

/** A password that nothing else can contain by accident, with characters that are easily mangled. */
export function canaryPassword(): string {
  return `canary-${randomBytes(12).toString("hex")} %/+ü'"`;
}

export type LeakWatch = { readonly expectNone: (page: Page) => Promise<void> };

/** Listens from now on where a password may not turn up: addresses, answers, the page, its storage, the logs [R24, R30]. */
export function watchForLeaks(context: BrowserContext, product: RunningProduct, password: string): LeakWatch {
  const addresses: string[] = [];
  const answers: Promise<string>[] = [];
  context.on("request", (request) => addresses.push(request.url()));
  // An answer without a body, or one that a navigation cut off, has no text.
  context.on("response", (response) => answers.push(response.text().catch(() => "")));

  return {
    expectNone: async (page) => {
      const places = {
        addresses: addresses.join("\n"),
        answers: (await Promise.all(answers)).join("\n"),
        page: await page.content(),
        storage: await page.evaluate(() =>
          JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), history.state]),
        ),
        terminal: product.output(),
        logs: await readLogs(path.join(product.dataDir, "logs")),
      };
      for (const [place, text] of Object.entries(places))
        for (const form of formsOf(password)) expect(text.includes(form), `the password in the ${place}`).toBe(false);
      expect(places.answers.length, "answers were listened to").toBeGreaterThan(1000);
      expect(places.logs.length, "logs were read").toBeGreaterThan(100);
    },
  };
}

/** As it is, and as it looks inside addresses and encoded texts. */
function formsOf(password: string): string[] {
  const stem = password.split(" ")[0] ?? password;
  return [stem, encodeURIComponent(password), Buffer.from(password).toString("base64")];
}

async function readLogs(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")))).join("\n");
}
