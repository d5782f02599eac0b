import type { PostgresConnection } from "@headgate/contract";
import { Badge, Button } from "@mantine/core";
import { IconDatabase, IconPlus } from "@tabler/icons-react";
import { useRef, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../ui/radio-cards.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import { placeWords } from "../place-words.ts";
import { lastTest } from "../last-test.ts";
import type { ChoiceForm } from "./connection-choice.ts";
import { connectionFormDefaults } from "./connection-form.ts";
import { formCopy } from "./copy.ts";

type Props = { readonly connections: readonly PostgresConnection[]; readonly legend: string };

/** Saved connections first, each with where it leads and how its last test went; then the door to a new one. */
export function ConnectionCards({ connections, legend }: Props): ReactElement | null {
  const form = useFormContext<ChoiceForm>();
  const { selection, editing } = useFormValues(form);
  const typedNew = useRef<ChoiceForm>({ selection: "new", editing: false, ...connectionFormDefaults(undefined) });
  if (connections.length === 0) return null;

  function choose(value: string): void {
    if (selection === "new") typedNew.current = form.getValues();
    form.clearErrors();
    // A new connection begins empty, or where it was left; never with the details of the one chosen before.
    if (value === "new") form.reset({ ...typedNew.current, selection: "new", editing: false });
    form.setValue("editing", false);
    form.setValue("selection", value);
  }

  function edit(connection: PostgresConnection): void {
    form.reset({ selection: connection.id, editing: true, ...connectionFormDefaults(undefined, connection) });
  }

  return (
    <RadioCards
      id={fieldId("selection")}
      legend={legend}
      name="selection"
      value={selection}
      onChange={choose}
      error={form.formState.errors.selection?.message}
    >
      {connections.map((connection) => (
        <RadioCard
          key={connection.id}
          value={connection.id}
          icon={<IconDatabase size={22} stroke={1.6} aria-hidden />}
          title={connection.name}
          badge={
            connection.practice ? (
              <Badge variant="light" tt="none">
                {formCopy.sample}
              </Badge>
            ) : undefined
          }
          text={`${placeWords(connection.settings)} · ${lastTest(connection)}`}
        >
          {selection === connection.id && !editing && !connection.practice && (
            <Button size="compact-md" variant="subtle" onClick={() => edit(connection)}>
              {formCopy.edit}
            </Button>
          )}
        </RadioCard>
      ))}
      <RadioCard
        value="new"
        icon={<IconPlus size={22} stroke={1.6} aria-hidden />}
        title={formCopy.newTitle}
        text={formCopy.newHint}
      />
    </RadioCards>
  );
}
