import { createSetupToken, isSetupOpen } from "@headgate/store";
import { Client } from "pg";

/** [R1] While nobody has an account: a fresh one-time link, which ends the ones made before. Else undefined. */
export async function makeSetupLink(databaseUrl: string, address: string): Promise<string | undefined> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    if (!(await isSetupOpen(client))) return undefined;
    // In the fragment, which browsers do not send: the secret reaches no log and no proxy.
    return `${address}/setup#${await createSetupToken(client)}`;
  } finally {
    await client.end();
  }
}
