import type { ChangesBy, Stream, TypedChanges, WriteMode } from "@headgate/contract";
import { changesFor, cursorFields, isTimeType } from "@headgate/core";
import { Select, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../../ui/radio-cards.tsx";
import { useFormValues } from "../../../../../ui/use-form-values.ts";
import type { DestinationForm } from "../destination-form.ts";
import classes from "../destination.module.css";
import { changesCopy } from "./copy.ts";

type Props = { readonly writeMode: WriteMode; readonly source: Stream };

/** How later runs find what is new or changed: what suits the source stands first, and is chosen. */
export function ChangesFields({ writeMode, source }: Props): ReactElement {
  const form = useFormContext<DestinationForm>();
  const { changes } = useFormValues(form);
  const growing = cursorFields(source.fields, false);
  const ways = changesFor(writeMode, source.kind).filter((by) => by !== "cursor" || growing.length > 0);
  const by = changes?.by ?? ways[0] ?? "xmin";
  const { errors } = form.formState;
  const choose = (next: TypedChanges): void => form.setValue("changes", next, { shouldDirty: true });

  return (
    <div className={classes.stack} id={fieldId("changes")}>
      <RadioCards
        legend={changesCopy.title}
        name="changes"
        value={by}
        columns={2}
        error={errors.changes?.message}
        onChange={(way) => choose(startOf(way as ChangesBy, growing[0]?.name))}
      >
        {ways.map((way) => (
          <RadioCard key={way} value={way} title={changesCopy.ways[way].title} text={changesCopy.ways[way].text} />
        ))}
      </RadioCards>
      {by === "cursor" && <CursorFields changes={changes ?? { by }} source={source} onChange={choose} />}
      {by === "xmin" && <NarrowFields changes={changes ?? { by }} source={source} onChange={choose} />}
    </div>
  );
}

function startOf(by: ChangesBy, column: string | undefined): TypedChanges {
  return by === "cursor" ? { by, column, lookBackMinutes: 60 } : { by };
}

type PartProps = {
  readonly changes: TypedChanges;
  readonly source: Stream;
  readonly onChange: (changes: TypedChanges) => void;
};

function CursorFields({ changes, source, onChange }: PartProps): ReactElement {
  const { errors } = useFormContext<DestinationForm>().formState;
  const fields = cursorFields(source.fields, false);
  const isTime = fields.some(({ name, typeName }) => name === changes.column && isTimeType(typeName));
  return (
    <>
      <Select
        label={changesCopy.column}
        data={fields.map(({ name, type }) => ({ value: name, label: `${name} (${type})` }))}
        value={changes.column ?? null}
        allowDeselect={false}
        maw="24rem"
        error={errors.changes?.column?.message}
        onChange={(column) => onChange({ ...changes, column: column ?? undefined })}
      />
      {isTime && (
        <Minutes
          label={changesCopy.lookBack}
          hint={changesCopy.lookBackHint}
          value={changes.lookBackMinutes}
          error={errors.changes?.lookBackMinutes?.message}
          onChange={(lookBackMinutes) => onChange({ ...changes, lookBackMinutes })}
        />
      )}
    </>
  );
}

const none = "";

function NarrowFields({ changes, source, onChange }: PartProps): ReactElement | null {
  const { errors } = useFormContext<DestinationForm>().formState;
  const times = cursorFields(source.fields, true);
  const { cursor } = changes;
  if (times.length === 0) return null;
  return (
    <>
      <Select
        label={changesCopy.narrow}
        description={changesCopy.narrowHint(source.kind)}
        data={[
          { value: none, label: changesCopy.narrowNone },
          ...times.map(({ name }) => ({ value: name, label: name })),
        ]}
        value={cursor?.column ?? none}
        allowDeselect={false}
        maw="24rem"
        onChange={(column) =>
          onChange(
            column ? { by: "xmin", cursor: { column, lookBackHours: cursor?.lookBackHours ?? 24 } } : { by: "xmin" },
          )
        }
      />
      {cursor && (
        <Minutes
          label={changesCopy.hours}
          hint={changesCopy.hoursHint}
          value={cursor.lookBackHours}
          error={errors.changes?.cursor?.lookBackHours?.message}
          onChange={(lookBackHours) => onChange({ by: "xmin", cursor: { ...cursor, lookBackHours } })}
        />
      )}
    </>
  );
}

type NumberProps = {
  readonly label: string;
  readonly hint: string;
  readonly value: number | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: number | undefined) => void;
};

/** Digits; anything else is no number yet. */
function Minutes({ label, hint, value, error, onChange }: NumberProps): ReactElement {
  return (
    <TextInput
      label={label}
      description={hint}
      inputMode="numeric"
      maw="24rem"
      value={value === undefined ? "" : String(value)}
      error={error}
      onChange={({ currentTarget }) => {
        const digits = currentTarget.value.replace(/\D/g, "").slice(0, 6);
        onChange(digits === "" ? undefined : Number(digits));
      }}
    />
  );
}
