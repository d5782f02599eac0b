import type { Draft, GrantRequest, Stream, TableDestinationAnswers } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";

type Target = Pick<TableDestinationAnswers, "target" | "schema" | "name" | "writeMode" | "syncKey" | "keepsState">;

/** The rights that reading the columns of a draft takes. */
export function sourceGrants({ steps: { table, mapping } }: Draft): GrantRequest {
  const columns = mapping?.fields?.map(({ source }) => source) ?? [];
  return {
    role: "source",
    table: { schema: table?.schema ?? "", name: table?.name },
    ...(columns.length > 0 && { columns }),
  };
}

/**
 * The rights that writing takes: those on the columns of the draft where they are known, and are columns of
 * `destination` where that is; else those on the whole table.
 */
export function destinationGrants(target: Target, { steps }: Draft, destination?: Stream): GrantRequest {
  const { schema, name, writeMode, syncKey } = target;
  const outside = target.keepsState === "headgate" && writeModeRules[writeMode].mayKeepOutside;
  const common = { role: "destination", writeMode, ...(outside && { keepsState: "headgate" as const }) } as const;
  if (target.target === "create") return { ...common, table: { schema } };
  const columns = steps.mapping?.fields?.map((field) => field.destination) ?? [];
  const there = columns.every((column) => !destination || destination.fields.some((field) => field.name === column));
  return {
    ...common,
    table: { schema, name },
    ...(columns.length > 0 && there && { columns }),
    ...(writeModeRules[writeMode].needsSyncKey && { syncKey: [...syncKey] }),
  };
}
