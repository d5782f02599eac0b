import type { CopyLines, RowBatch, TextRow } from "../batch-writer.ts";
import { decodeRow } from "./decode-rows.ts";

/** A batch of rows that are still as COPY wrote them; nobody pays for taking them apart who does not look at them. */
export function batchOfLines(seq: number, position: string, lines: CopyLines): RowBatch {
  let found: { readonly rows: readonly TextRow[]; readonly versions: readonly string[] } | undefined;
  return {
    seq,
    position,
    lines,
    get rows() {
      return (found ??= takeApart(lines)).rows;
    },
    get versions() {
      return (found ??= takeApart(lines)).versions;
    },
  };
}

function takeApart({ pieces }: CopyLines): { readonly rows: readonly TextRow[]; readonly versions: readonly string[] } {
  const all = pieces.flatMap((piece) => {
    const text = piece.toString("utf8", 0, piece.length - 1);
    return text.split("\n").map(decodeRow);
  });
  return { rows: all.map((row) => row.slice(0, -1)), versions: all.map((row) => row.at(-1) ?? "") };
}

/** How many rows a batch has. */
export function rowCount(batch: RowBatch): number {
  return batch.lines ? batch.lines.count : batch.rows.length;
}

/** The lines of a batch: as they came, or written anew. */
export function linesOf(batch: Pick<RowBatch, "rows" | "lines"> & Partial<Pick<RowBatch, "versions">>): CopyLines {
  if (batch.lines) return batch.lines;
  const { rows, versions = [] } = batch;
  const texts = rows.map((row, index) => `${row.map(copyText).join("\t")}\t${copyText(versions[index] ?? "")}\n`);
  return { pieces: [Buffer.from(texts.join(""))], count: rows.length };
}

const letters: Readonly<Record<string, string>> = {
  "\b": "b",
  "\f": "f",
  "\n": "n",
  "\r": "r",
  "\t": "t",
  "\v": "v",
  "\\": "\\",
};

function copyText(value: string | null): string {
  if (value === null) return "\\N";
  return value.replaceAll(/[\b\f\n\r\t\v\\]/g, (character) => `\\${letters[character] ?? ""}`);
}
