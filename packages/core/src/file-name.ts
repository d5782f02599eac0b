import type { FilesSettings, FileNameToken } from "@headgate/contract";

export type FileNameFacts = {
  readonly flow: string;
  readonly table: string;
  /** The moment the run was planned for: repeated attempts keep it, so they keep the name. */
  readonly plannedFor: Date;
  readonly runId: string;
};

const extensions = { csv: ".csv", jsonl: ".jsonl", parquet: ".parquet" } as const;

/** The name of a run's file, with its ending. Times are UTC, so that no clock change makes two of them alike. */
export function fileName(
  { nameTemplate, format, compression }: Pick<FilesSettings, "nameTemplate" | "format" | "compression">,
  { flow, table, plannedFor, runId }: FileNameFacts,
): string {
  const [date = "", rest = ""] = plannedFor.toISOString().split("T");
  const values: Record<FileNameToken, string> = {
    flow: plainName(flow),
    table: plainName(table),
    date,
    time: rest.slice(0, 8).replaceAll(":", ""),
    run: runId,
  };
  const name = nameTemplate.replaceAll(/\{([a-z]+)\}/g, (_, token: FileNameToken) => values[token]);
  return `${name}${extensions[format]}${compression === "gzip" && format !== "parquet" ? ".gz" : ""}`;
}

/** Names people gave as part of a file's: letters and digits of every script, everything else a hyphen. */
function plainName(text: string): string {
  const plain = text
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}_]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return Array.from(plain).slice(0, 40).join("") || "unnamed";
}
