import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import {
  link,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  stat,
  unlink,
  type FileHandle,
} from "node:fs/promises";
import path from "node:path";
import { WriterFault } from "../batch-writer.ts";
import { fileFault } from "./file-fault.ts";
import { manifestName, type FilePlace, type OpenFile } from "./file-place.ts";

export type FolderPlaceOptions = {
  /** The folder an administrator has set aside for files; nothing outside of it is ever touched. */
  readonly root: string;
  /** Below the root, parts divided by `/`; empty for the root itself. */
  readonly folder: string;
  readonly runId: string;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
};

/** Where a name leads: a folder that is inside the root, also behind symbolic links, and the file in it. */
type Spot = { readonly directory: string; readonly file: string };

const leftoverMs = 24 * 3_600_000;
const partName = /^\..+\.[0-9a-f-]{36}\.[0-9a-f]{12}\.part$/;

/**
 * A folder of this machine. A file is written under a hidden name, brought to the disk, given its name, and then its
 * manifest comes by the same steps (reliability §4.6). Hidden files a day old are what crashes left; they are swept.
 */
export function openFolderPlace({ root, folder, runId, now = Date.now }: FolderPlaceOptions): FilePlace {
  const spotOf = async (name: string): Promise<Spot> => {
    const parts = name.split("/");
    const file = parts.pop() ?? "";
    return { directory: await findDirectory(root, folder, parts), file };
  };
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw fileFault(error, folder);
    }
  };
  return {
    findManifest: (name) =>
      guarded(async () => {
        const { directory, file } = await spotOf(name);
        return readIfThere(path.join(directory, manifestName(file)));
      }),
    begin: (name) =>
      guarded(async () => {
        const spot = await spotOf(name);
        await sweep(spot.directory, now());
        return openPart(spot, runId, guarded);
      }),
    close: async () => {},
  };
}

/** The folder below the root, made where it is missing. Throws a `WriterFault` where it leads out, else the system's error. */
export async function findDirectory(root: string, folder: string, inside: readonly string[] = []): Promise<string> {
  const realRoot = await realpath(root);
  let directory = realRoot;
  for (const part of [...folder.split("/"), ...inside].filter((one) => one !== ""))
    directory = await stepInto(directory, part, realRoot, folder);
  return directory;
}

/** One folder further, made where it is missing; a link that leads out of the root is not followed. */
async function stepInto(directory: string, part: string, root: string, folder: string): Promise<string> {
  const place = path.join(directory, part);
  await mkdir(place, { mode: 0o750 }).catch(async (error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
  const real = await realpath(place);
  if (real.startsWith(root.endsWith(path.sep) ? root : `${root}${path.sep}`)) return real;
  throw new WriterFault("file_forbidden", "settings", { folder, system: "outside" });
}

type Guard = <T>(work: () => Promise<T>) => Promise<T>;

async function openPart({ directory, file }: Spot, runId: string, guarded: Guard): Promise<OpenFile> {
  const part = await createPart(directory, file, runId);
  let closed = false;
  return {
    write: (bytes) => guarded(() => writeAll(part.handle, bytes)),
    finish: (manifest) =>
      guarded(async () => {
        await part.handle.sync();
        await part.handle.close();
        closed = true;
        const manifestFile = path.join(directory, manifestName(file));
        // Another attempt was faster: its file stays as it is.
        if ((await readIfThere(manifestFile)) !== undefined) throw taken(file);
        await giveName(part.place, path.join(directory, file), "replace");
        await syncFolder(directory);
        await publishManifest(directory, manifestName(file), runId, manifest);
      }),
    abandon: async () => {
      if (!closed) await part.handle.close().catch(() => {});
      closed = true;
      await unlink(part.place).catch(() => {});
    },
  };
}

async function publishManifest(directory: string, file: string, runId: string, text: string): Promise<void> {
  const part = await createPart(directory, file, runId);
  try {
    try {
      await writeAll(part.handle, Buffer.from(text));
      await part.handle.sync();
    } finally {
      await part.handle.close();
    }
    await giveName(part.place, path.join(directory, file), "refuse");
    await syncFolder(directory);
  } finally {
    await unlink(part.place).catch(() => {});
  }
}

/** Named at random, so that an attempt that woke up late can never take hold of another attempt's file. */
async function createPart(
  directory: string,
  file: string,
  runId: string,
): Promise<{ handle: FileHandle; place: string }> {
  const place = path.join(directory, `.${file}.${runId}.${randomBytes(6).toString("hex")}.part`);
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  return { handle: await open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o640), place };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

/** A link never replaces a file, a rename always does. Without a manifest a file of this name is what a crash left. */
async function giveName(part: string, file: string, whenThere: "replace" | "refuse"): Promise<void> {
  try {
    await link(part, file);
    await unlink(part);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST" && whenThere === "refuse") throw taken(path.basename(file));
    // Some file systems have no links.
    if (!/^(EEXIST|EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK)$/.test(code)) throw error;
    await rename(part, file);
  }
}

async function syncFolder(directory: string): Promise<void> {
  const handle = await open(directory, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sweep(directory: string, now: number): Promise<void> {
  for (const name of (await readdir(directory)).filter((one) => partName.test(one))) {
    const place = path.join(directory, name);
    const found = await stat(place).catch(() => undefined);
    if (found && now - found.mtimeMs > leftoverMs) await unlink(place).catch(() => {});
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
}

function taken(file: string): WriterFault {
  return new WriterFault("file_taken", "settings", { file });
}
