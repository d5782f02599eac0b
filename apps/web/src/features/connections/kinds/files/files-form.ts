import type { CsvOptions, FileFormat, FilesSettings } from "@headgate/contract";
import { hostOf } from "../form-text.ts";
import type { KindForm, KindRules } from "../kind-rules.ts";
import { filesFormCopy } from "./copy.ts";

export type FilesForm = KindForm & {
  settings: {
    place: FilesSettings["place"];
    folder: string;
    endpoint: string;
    region: string;
    bucket: string;
    prefix: string;
    accessKeyId: string;
    format: FileFormat;
    nameTemplate: string;
    /** Whether text is packed as gzip. */
    compression: boolean;
    csv: CsvOptions;
  };
  secrets: { secretKey: string };
  dropped: { secretKey: boolean };
};

const usualName = "{flow}-{date}-{time}-{run}";
const usualCsv: CsvOptions = {
  delimiter: ",",
  header: true,
  lineEnd: "crlf",
  nullText: "",
  guardFormulas: false,
  byteOrderMark: false,
};

export const filesRules: KindRules<"files", FilesForm> = {
  kind: "files",
  defaults: (settings) => {
    const folder = settings?.place === "folder" ? settings : undefined;
    const bucket = settings?.place === "s3" ? settings : undefined;
    return {
      settings: {
        place: settings?.place ?? "folder",
        folder: folder?.folder ?? "",
        endpoint: bucket?.endpoint ?? "",
        region: bucket?.region ?? "us-east-1",
        bucket: bucket?.bucket ?? "",
        prefix: bucket?.prefix ?? "",
        accessKeyId: bucket?.accessKeyId ?? "",
        format: settings?.format ?? "csv",
        nameTemplate: settings?.nameTemplate ?? usualName,
        compression: settings?.compression === "gzip",
        csv: { ...(settings?.csv ?? usualCsv) },
      },
      secrets: { secretKey: "" },
      dropped: { secretKey: false },
    };
  },
  settingsOf: ({ place, folder, endpoint, region, bucket, prefix, accessKeyId, compression, ...rest }) => {
    const shape = { ...rest, compression: packing(compression) };
    return place === "folder"
      ? { place, folder, ...shape }
      : { place, endpoint, region, bucket, prefix, accessKeyId, ...shape };
  },
  placeOf: ({ place, endpoint, bucket, accessKeyId }) =>
    JSON.stringify([place, endpoint.trim(), bucket.trim(), accessKeyId.trim()]),
  counting: ({ place }) => (place === "s3" ? ["secretKey"] : []),
  needed: { secretKey: filesFormCopy.secretKeyMissing },
  nameFor: ({ place, folder, bucket, endpoint, format }) => {
    const files = filesFormCopy.filesOf[format];
    if (place === "folder") return `${files} in ${folder.trim() === "" ? filesFormCopy.rootFolder : folder.trim()}`;
    const where = bucket.trim() || hostOf(endpoint);
    return where === "" ? "" : `${files} in ${where}`.slice(0, 120);
  },
};

export function packing(gzip: boolean): FilesSettings["compression"] {
  return gzip ? "gzip" : "none";
}
