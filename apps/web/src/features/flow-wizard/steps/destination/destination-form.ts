import type {
  BadRows,
  Draft,
  KeepsState,
  ReadMode,
  Stream,
  TableName,
  TypedChanges,
  TypedSteps,
  WriteMode,
} from "@headgate/contract";
import { writeModeRules, type StepFault } from "@headgate/core";
import { destinationCopy } from "./copy.ts";
import { keyChoices } from "./sync-key.ts";

export type TypedDestination = NonNullable<TypedSteps["destination"]>;
export type Target = "existing" | "create";

/** The part of step 4 that follows the choice of a connection. */
export type DestinationForm = {
  target: Target;
  schema: string;
  name: string;
  writeMode: WriteMode | "";
  readMode: ReadMode | "";
  /** Absent: the best way for this kind of source. */
  changes: TypedChanges | undefined;
  badRows: BadRows;
  keepsState: KeepsState;
  keepsUndo: boolean;
  syncKey: string[];
  sqlBefore: string;
  sqlAfter: string;
};

export type DestinationCatalog = {
  readonly schemas: readonly { readonly name: string; readonly mayCreate: boolean }[];
  readonly streams: readonly TableName[];
};

/** The table offered for each kind of target: an existing namesake, and a new one called like the source. */
export function offeredTables(source: TableName, catalog: DestinationCatalog): Record<Target, TableName> {
  const namesake = catalog.streams.find((stream) => stream.name === source.name);
  return {
    existing: { schema: namesake?.schema ?? "", name: namesake?.name ?? "" },
    create: { schema: schemaToCreateIn(source.schema, catalog), name: source.name },
  };
}

/** What is shown first: what was typed, else the table of the same name, else a new one with that name. */
export function destinationDefaults(
  typed: TypedDestination,
  offered: Record<Target, TableName>,
  catalog: DestinationCatalog,
): DestinationForm {
  const mayCreate = catalog.schemas.some((schema) => schema.mayCreate);
  const fits = offered.existing.name !== "" || (!mayCreate && catalog.streams.length > 0);
  const target = typed.target ?? (fits || offered.create.schema === "" ? "existing" : "create");
  const table = typed.name === undefined ? offered[target] : { schema: typed.schema ?? "", name: typed.name };
  return {
    target,
    ...table,
    writeMode: typed.writeMode ?? "",
    readMode: typed.readMode ?? "",
    changes: typed.changes,
    badRows: typed.badRows ?? "set_aside",
    keepsState: typed.keepsState ?? "destination",
    keepsUndo: typed.keepsUndo ?? false,
    syncKey: typed.syncKey ?? [],
    sqlBefore: typed.sqlBefore ?? "",
    sqlAfter: typed.sqlAfter ?? "",
  };
}

/** The source's own schema where one may create in it, else `public`, else any; or where one could be allowed to. */
function schemaToCreateIn(wanted: string, { schemas }: DestinationCatalog): string {
  const allowed = schemas.filter((schema) => schema.mayCreate);
  const names = (allowed.length > 0 ? allowed : schemas).map((schema) => schema.name);
  return [wanted, "public"].find((name) => names.includes(name)) ?? names[0] ?? "";
}

/** The form as the draft keeps it; a blank is absent. */
export function typedDestination(choice: TypedDestination, form: DestinationForm): TypedDestination {
  const {
    target,
    schema,
    name,
    writeMode,
    readMode,
    changes,
    badRows,
    keepsState,
    keepsUndo,
    syncKey,
    sqlBefore,
    sqlAfter,
  } = form;
  return {
    kind: "postgres",
    choice: choice.choice,
    connectionId: choice.connectionId,
    target,
    schema: schema || undefined,
    name: name || undefined,
    writeMode: writeMode || undefined,
    readMode: readMode || undefined,
    changes: readMode === "incremental" ? changes : undefined,
    badRows,
    keepsState: keepsState === "headgate" ? keepsState : undefined,
    sqlBefore: sqlBefore.trim() === "" ? undefined : sqlBefore,
    sqlAfter: sqlAfter.trim() === "" ? undefined : sqlAfter,
    keepsUndo: (keepsUndo && keepsState !== "headgate") || undefined,
    syncKey: writeMode !== "" && writeModeRules[writeMode].needsSyncKey ? [...syncKey] : [],
  };
}

/** SQL that runs with a flow was written for one destination, and another one is chosen without it. */
export function withItsSql(next: TypedDestination, before: TypedDestination): TypedDestination {
  return next.connectionId === before.connectionId ? next : { ...next, sqlBefore: undefined, sqlAfter: undefined };
}

/** The unique keys that count: the source's for a table still to be made, else the destination's own. */
export function keysFor(target: Target, source: Stream, destination: Stream | undefined) {
  if (target === "create") return keyChoices(source);
  return destination ? keyChoices(destination) : [];
}

/** What only the catalog knows: a new table needs a free name. */
export function catalogFaults({ target, schema, name }: DestinationForm, catalog: DestinationCatalog): StepFault[] {
  if (target !== "create") return [];
  const taken = catalog.streams.some((stream) => stream.schema === schema && stream.name === name);
  return taken ? [{ field: "name", message: destinationCopy.nameTaken(name) }] : [];
}

/** Whether rows would travel from a table into itself. */
export function isSameTable(draft: Draft, { schema, name }: DestinationForm, sameDatabase: boolean): boolean {
  const source = draft.steps.table;
  return sameDatabase && source?.schema === schema && source.name === name;
}
