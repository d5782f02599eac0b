import type { EventMappingFault } from "@headgate/core";
import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { KeyboardEvent, ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../../ui/field.ts";
import { SectionCard } from "../../../../../ui/section-card.tsx";
import { useFormValues } from "../../../../../ui/use-form-values.ts";
import { eventsCopy } from "./copy.ts";
import { constantKinds, type ConstantKind, type ConstantRow, type EventsMappingForm } from "./events-form.ts";
import classes from "./events.module.css";

type Props = {
  readonly faultsOf: (field: string) => readonly EventMappingFault[];
  readonly onEdited: (key: string) => void;
};

const most = 100;

/** Traits with the same value in every event. */
export function ConstantFields({ faultsOf, onEdited }: Props): ReactElement {
  const form = useFormContext<EventsMappingForm>();
  const { constants } = useFormValues(form).events;

  /** A key that nobody has typed yet is no mistake before somebody wants to go on. */
  function keyFault(place: number): string | undefined {
    if (constants[place]?.key === "" && form.formState.submitCount === 0) return undefined;
    return faultsOf(`constants.${place}.key`)[0]?.message;
  }

  function valueFault(place: number): string | undefined {
    return faultsOf(`constants.${place}.value`)[0]?.message;
  }

  function put(next: ConstantRow[]): void {
    form.setValue("events.constants", next, { shouldDirty: true });
  }

  function change(place: number, part: Partial<ConstantRow>): void {
    const next = constants.map((row, index) => (index === place ? { ...row, ...part } : row));
    onEdited(next[place]?.key ?? "");
    put(next);
  }

  return (
    <SectionCard title={eventsCopy.constants} description={eventsCopy.constantsText}>
      <ul className={classes.constants}>
        {constants.map((row, index) => (
          // Rows have no name of their own; they are only added at the end and taken out.
          <li key={index} className={classes.constant}>
            <TextInput
              id={fieldId(`events.constants.${index}.key`)}
              aria-label={eventsCopy.constantKey(index + 1)}
              placeholder="shop.name"
              value={row.key}
              error={keyFault(index)}
              inputWrapperOrder={["input", "error"]}
              autoComplete="off"
              spellCheck={false}
              onKeyDown={stay}
              onChange={(event) => change(index, { key: event.currentTarget.value })}
            />
            <NativeSelect
              aria-label={eventsCopy.constantKind(index + 1)}
              value={row.kind}
              onChange={(event) => change(index, ofKind(event.currentTarget.value as ConstantKind, row))}
            >
              {constantKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {eventsCopy.kinds[kind]}
                </option>
              ))}
            </NativeSelect>
            {row.kind === "yes_no" ? (
              <NativeSelect
                aria-label={eventsCopy.constantValue(index + 1)}
                value={row.text}
                onChange={(event) => change(index, { text: event.currentTarget.value })}
              >
                <option value="true">{eventsCopy.yes}</option>
                <option value="false">{eventsCopy.no}</option>
              </NativeSelect>
            ) : (
              <TextInput
                id={fieldId(`events.constants.${index}.value`)}
                aria-label={eventsCopy.constantValue(index + 1)}
                value={row.text}
                error={valueFault(index)}
                inputWrapperOrder={["input", "error"]}
                autoComplete="off"
                onKeyDown={stay}
                onChange={(event) => change(index, { text: event.currentTarget.value })}
              />
            )}
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={eventsCopy.removeConstant(index + 1)}
              onClick={() => put(constants.filter((_, place) => place !== index))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={constants.length >= most}
        onClick={() => put([...constants, { key: "", kind: "text", text: "" }])}
      >
        {eventsCopy.addConstant}
      </Button>
    </SectionCard>
  );
}

/** Enter would otherwise leave the step. */
function stay(event: KeyboardEvent): void {
  if (event.key === "Enter") event.preventDefault();
}

function ofKind(kind: ConstantKind, row: ConstantRow): ConstantRow {
  if (kind !== "yes_no") return { ...row, kind };
  return { ...row, kind, text: row.text === "false" ? "false" : "true" };
}
