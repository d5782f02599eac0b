import type { PostgresConnection, Draft, StreamSummary, TableName } from "@headgate/contract";
import { useDebouncedValue } from "@mantine/hooks";
import { useRef, useState, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { SelectField } from "../../../../ui/select-field.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { TablePicker } from "../../table-picker/table-picker.tsx";
import type { TableItem } from "../../table-picker/table-search.ts";
import { UnreadableNote } from "../../table-picker/unreadable-note.tsx";
import { destinationCopy } from "./copy.ts";
import { CreateTableSql } from "./create-table-sql.tsx";
import type { DestinationForm, Target } from "./destination-form.ts";
import classes from "./destination.module.css";

type Props = {
  readonly draft: Draft;
  readonly connection: PostgresConnection;
  readonly catalog: {
    readonly schemas: readonly { readonly name: string; readonly mayCreate: boolean }[];
    readonly streams: readonly StreamSummary[];
  };
  readonly offered: Record<Target, TableName>;
};

/** While somebody goes through the list with the arrow keys, the database is left alone. */
const restMilliseconds = 300;

/** Kinds of tables that rows can be put into. */
const writableKinds: readonly StreamSummary["kind"][] = ["table", "partitioned_table", "foreign_table"];

/** An existing table or a new one, and which. */
export function TargetFields({ draft, connection, catalog, offered }: Props): ReactElement {
  const form = useFormContext<DestinationForm>();
  const { target, schema, name, writeMode } = useFormValues(form);
  const [looked, setLooked] = useState<TableItem>();
  const [hidden] = useDebouncedValue(looked?.readable === false ? looked : undefined, restMilliseconds);
  const remembered = useRef({ ...offered });
  const mayCreate = catalog.schemas.some((candidate) => candidate.mayCreate);
  const nameError = form.formState.errors.name?.message;

  function aim(next: Target): void {
    remembered.current[target] = { schema, name };
    form.clearErrors();
    form.setValue("schema", remembered.current[next].schema);
    form.setValue("name", remembered.current[next].name);
    form.setValue("target", next, { shouldDirty: true });
  }

  return (
    <div className={classes.stack}>
      <RadioCards
        id={fieldId("target")}
        legend={destinationCopy.target}
        name="target"
        value={target}
        columns={2}
        onChange={(next) => aim(next as Target)}
      >
        <RadioCard value="existing" title={destinationCopy.existing} text={destinationCopy.existingText} />
        <RadioCard
          value="create"
          title={destinationCopy.create}
          text={mayCreate ? destinationCopy.createText : destinationCopy.createForbidden}
          disabled={catalog.schemas.length === 0}
        />
      </RadioCards>
      {target === "existing" ? (
        <div id={fieldId("name")}>
          {nameError && <p className={classes.error}>{nameError}</p>}
          <TablePicker
            connection={connection}
            value={name === "" ? undefined : { schema, name }}
            kinds={writableKinds}
            onLook={setLooked}
            onSelect={(table) => {
              form.clearErrors();
              form.setValue("schema", table.schema);
              form.setValue("name", table.name, { shouldDirty: true });
            }}
          />
          {hidden && (
            <div className={classes.after}>
              <UnreadableNote
                item={hidden}
                connection={connection}
                request={{ role: "destination", writeMode: writeMode || "upsert" }}
              />
            </div>
          )}
        </div>
      ) : (
        <>
          <div className={classes.pair}>
            <SelectField
              control={form.control}
              name="schema"
              label={destinationCopy.schema}
              hint={destinationCopy.schemaHint}
              options={catalog.schemas.map((candidate) => ({ value: candidate.name, label: candidate.name }))}
            />
            <TextField
              control={form.control}
              name="name"
              label={destinationCopy.name}
              hint={destinationCopy.nameHint}
              verbatim
              autoComplete="off"
            />
          </div>
          <CreateTableSql draft={draft} />
        </>
      )}
    </div>
  );
}
