import type { TableName } from "@headgate/contract";

/** The right a line gives, as it can be asked for again with `has_*_privilege`. */
export type Right =
  | { readonly on: "database"; readonly privileges: readonly string[] }
  | { readonly on: "schema"; readonly schema: string; readonly privileges: readonly string[] }
  | {
      readonly on: "table";
      readonly table: TableName;
      readonly privileges: readonly string[];
      /** Absent: on the table as a whole. */
      readonly columns?: readonly string[];
    }
  /** On each table and view the schema has at the moment. */
  | { readonly on: "tables of schema"; readonly schema: string; readonly privileges: readonly string[] }
  | { readonly on: "sequence"; readonly sequence: TableName }
  | {
      readonly on: "future tables";
      readonly schema: string;
      readonly owner: string;
      readonly privileges: readonly string[];
    }
  /** Keeping Headgate's own notes: the schema as it was found, or the right to create it. */
  | { readonly on: "state schema" };

/** One line of the script for the administrator. */
export type GrantLine = {
  /** Stable for one question, for example `select` or `sequence:public.orders_id_seq`. */
  readonly id: string;
  readonly sql: string;
  /** What it is for, in plain words and without names. */
  readonly sentence: string;
  /** Useful, but the flow runs without it. */
  readonly optional: boolean;
  readonly right: Right;
};

/** A line that the flow cannot do without. */
export function line(id: string, sql: string, sentence: string, right: Right): GrantLine {
  return { id, sql, sentence, optional: false, right };
}
