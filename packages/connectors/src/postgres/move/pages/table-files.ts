import type { TableName } from "@headgate/contract";
import type { Session } from "../../session.ts";

/** Where the rows of a table stand: its own file, or one for each partition. */
export type TableFiles = {
  /** The table's own number. */
  readonly table: string;
  readonly files: readonly { readonly id: string; readonly file: string; readonly blocks: number }[];
  readonly blockBytes: number;
  /** Whether the server reads a range of blocks without reading the others, and blocks are what they seem. */
  readonly inRanges: boolean;
  /** Whether tables that inherit from it are read along; then its own unique key says nothing about theirs. */
  readonly inherited: boolean;
};

const filesQuery = `
with recursive tree (id) as (
  select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname = $1 and c.relname = $2
  union
  select i.inhrelid from pg_catalog.pg_inherits i join tree on i.inhparent = tree.id)
select c.oid::text as id, c.relkind::text as kind, pg_catalog.pg_relation_filenode(c.oid)::text as file,
       pg_catalog.pg_relation_size(c.oid)::text as bytes, coalesce(a.amname = 'heap', false) as heap,
       n.nspname = $1 and c.relname = $2 as "isRoot",
       pg_catalog.current_setting('block_size')::int as "blockBytes",
       pg_catalog.current_setting('server_version_num')::int as version
  from tree join pg_catalog.pg_class c on c.oid = tree.id
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_am a on a.oid = c.relam
 order by c.oid`;

type FileRow = {
  readonly id: string;
  readonly kind: string;
  readonly file: string | null;
  readonly bytes: string | null;
  readonly heap: boolean;
  readonly isRoot: boolean;
  readonly blockBytes: number;
  readonly version: number;
};

/** Reads the files of a table as they are now; undefined when there is no such table. */
export async function readTableFiles(session: Session, { schema, name }: TableName): Promise<TableFiles | undefined> {
  const rows = await session.query<FileRow>(filesQuery, [schema, name]);
  const root = rows.find(({ isRoot }) => isRoot);
  if (!root) return undefined;
  const leaves = rows.filter(({ kind }) => kind !== "p");
  return {
    table: root.id,
    files: leaves.map(({ id, file, bytes }) => ({
      id,
      file: file ?? "",
      blocks: Math.ceil(Number(bytes ?? 0) / root.blockBytes),
    })),
    blockBytes: root.blockBytes,
    inRanges: root.version >= 140_000 && leaves.every(({ kind, heap }) => kind === "r" && heap),
    inherited: root.kind === "r" && rows.length > 1,
  };
}

/** Whether a file that was looked at before was written anew since: then block numbers mean other rows. */
export function isRewritten(remembered: Readonly<Record<string, string>>, { files }: TableFiles): boolean {
  return files.some(({ id, file }) => (remembered[id] ?? file) !== file);
}

export function fileNames({ files }: TableFiles): Record<string, string> {
  return Object.fromEntries(files.map(({ id, file }) => [id, file]));
}
