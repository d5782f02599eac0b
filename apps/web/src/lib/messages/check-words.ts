import type { CheckStage, checkHints } from "@headgate/contract";

export type CheckHint = (typeof checkHints)[number];

/** The stages of a check as things that are being done, are done, or could not be done. */
export const stageMessages: Readonly<Record<CheckStage, { doing: string; done: string; failed: string }>> = {
  name: { doing: "Finding the server", done: "Found the server", failed: "Find the server" },
  route: { doing: "Finding a way there", done: "Found a way there", failed: "Find a way there" },
  port: { doing: "Reaching the port", done: "Reached the port", failed: "Reach the port" },
  tunnel: { doing: "Opening the SSH tunnel", done: "Opened the SSH tunnel", failed: "Open the SSH tunnel" },
  tls: { doing: "Agreeing on encryption", done: "Agreed on encryption", failed: "Agree on encryption" },
  sign_in: { doing: "Signing in", done: "Signed in", failed: "Sign in" },
  database: { doing: "Opening the database", done: "Opened the database", failed: "Open the database" },
  schema: { doing: "Listing the tables", done: "Listed the tables", failed: "List the tables" },
  table: { doing: "Reading a table", done: "Read a table", failed: "Read a table" },
  write: { doing: "Checking the right to write", done: "Rows can be written", failed: "Check the right to write" },
  bucket: { doing: "Opening the bucket", done: "Opened the bucket", failed: "Open the bucket" },
  folder: { doing: "Opening the folder", done: "Opened the folder", failed: "Open the folder" },
  space: { doing: "Looking for free space", done: "There is room for files", failed: "Find room for files" },
  message: { doing: "Sending the test message", done: "The test message was taken", failed: "Send the test message" },
};

/** Worth knowing although the check succeeded. */
export const hintMessages: Readonly<Record<CheckHint, { title: string; next: string; severity: "info" | "warning" }>> =
  {
    not_encrypted: {
      title: "This connection is not encrypted",
      next: "Fine inside one machine or a private network. Anywhere else, set Encryption to “Always”.",
      severity: "warning",
    },
    not_verified: {
      title: "Encrypted, but we did not check who the server is",
      next: "For databases on the internet, choose an encryption that checks the server's name.",
      severity: "info",
    },
    superuser: {
      title: "This user may do everything on the server",
      next: "It works. A user who can only read is the safer choice for a source.",
      severity: "warning",
    },
    can_write: {
      title: "This user can also change data",
      next: "It works. Headgate only reads from a source, so a user who can only read is enough.",
      severity: "info",
    },
    read_replica: {
      title: "This is a read-only copy of the database",
      next: "A good place to read from. Rows cannot be written here.",
      severity: "info",
    },
    rows_hidden: {
      title: "You may see only part of the rows",
      next: "The database hides rows of at least one table from this user. Headgate will not copy such a table as if it were whole; ask for a user who may see all of it.",
      severity: "warning",
    },
    login_unproven: {
      title: "We could not prove that the write key is right",
      next: "This receiver gives the same answer to every key. After the first run, look there whether the events arrived.",
      severity: "info",
    },
  };
