import type { DeliveryCode } from "@headgate/contract";
import { WriterFault } from "../batch-writer.ts";

const codes: Readonly<Record<string, readonly [DeliveryCode, WriterFault["kind"]]>> = {
  ENOENT: ["file_place_missing", "settings"],
  ENOTDIR: ["file_place_missing", "settings"],
  EACCES: ["file_forbidden", "settings"],
  EPERM: ["file_forbidden", "settings"],
  EROFS: ["file_forbidden", "settings"],
  // A symbolic link stands where a file was to be made.
  ELOOP: ["file_forbidden", "settings"],
  ENOSPC: ["disk_full", "temporary"],
  EDQUOT: ["disk_full", "temporary"],
  EFBIG: ["disk_full", "temporary"],
};

/** Makes a fault of what the file system said; the folder is named as the settings name it, never where it lies. */
export function fileFault(error: unknown, folder: string): WriterFault {
  if (error instanceof WriterFault) return error;
  const system = error instanceof Error && "code" in error ? String(error.code) : "";
  const [code, kind] = codes[system] ?? ["file_failed", "temporary"];
  return new WriterFault(code, kind, { folder, system }, error);
}
