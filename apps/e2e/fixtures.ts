import { readFile } from "node:fs/promises";
import path from "node:path";
import { makeTestFolder, startPostgres, startProduct, type ServerAddress, type TestServer } from "@headgate/testkit";
import { test as base, type Page } from "@playwright/test";
import { createAccount, type Account } from "./account.ts";
import { hearComplaints, type Complaints } from "./complaints.ts";
import { siteOf, type Site } from "./site.ts";

export const launcher = path.resolve(import.meta.dirname, "../headgate/dist/main.js");

/** One practice database, with the login Headgate itself uses there. */
export type PracticeSide = ServerAddress & { readonly database: string };

export type RunningProduct = {
  readonly url: string;
  /** Of the launcher. */
  readonly pid: number;
  /** There while nobody has an account. */
  readonly setupLink: string | undefined;
  readonly dataDir: string;
  readonly practice: { readonly source: PracticeSide; readonly destination: PracticeSide };
  /** What the terminal shows. */
  readonly output: () => string;
  readonly dispose: () => Promise<void>;
};

type TestFixtures = {
  /** Every page of the test is listened to; what the console complains about fails the test. */
  readonly complaints: Complaints;
  /** A page of somebody who is signed in as an administrator. */
  readonly signedIn: Page;
  /** A product that nobody has set up, for this test alone. */
  readonly freshProduct: RunningProduct;
};

type WorkerFixtures = {
  /** The folder that `product` may write files below. */
  readonly filesFolder: string;
  /** The built product, shared by the tests of a worker. */
  readonly product: RunningProduct;
  /** The first account of `product`, made through its one-time link. */
  readonly account: Account;
  /** `product` as that account sees it. */
  readonly site: Site;
  /** A PostgreSQL server that has nothing to do with the product. */
  readonly sourceServer: TestServer;
  /** Another one. */
  readonly destinationServer: TestServer;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  filesFolder: [
    async ({}, give) => {
      const folder = await makeTestFolder();
      await give(folder.path);
      await folder.remove();
    },
    { scope: "worker" },
  ],
  product: [
    async ({ filesFolder }, give) => {
      // One account plays all the people of a worker's stories, quicker than they would.
      const product = await start({ HEADGATE_RATE_LIMITS: "off", HEADGATE_FILES_DIR: filesFolder });
      await give(product);
      await product.dispose();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  account: [async ({ product }, give) => give(await createAccount(product)), { scope: "worker" }],
  site: [async ({ product, account }, give) => give(siteOf(product, account)), { scope: "worker" }],
  sourceServer: [ownServer, { scope: "worker" }],
  destinationServer: [ownServer, { scope: "worker" }],
  baseURL: async ({ product }, give) => give(product.url),
  complaints: [({ context }, give) => hearComplaints(context, give), { auto: true }],
  signedIn: async ({ page, account }, give) => {
    await page.context().addCookies([account.cookie]);
    await give(page);
  },
  freshProduct: async ({}, give) => {
    const product = await start();
    await give(product);
    await product.dispose();
  },
});

export { expect } from "@playwright/test";

async function ownServer({}: object, give: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startPostgres();
  await give(server);
  await server.stop();
}

async function start(env: Readonly<Record<string, string>> = {}): Promise<RunningProduct> {
  const { pid, ready, dataDir, output, dispose } = await startProduct({ launcher, env });
  const { url, setupLink } = await ready;
  const practice = JSON.parse(
    await readFile(path.join(dataDir, "practice.json"), "utf8"),
  ) as RunningProduct["practice"];
  return { url, pid, setupLink, dataDir, practice, output, dispose };
}
