import type { UniqueKey } from "@headgate/contract";
import { Badge } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { destinationCopy } from "./copy.ts";
import type { DestinationForm } from "./destination-form.ts";
import { keyId } from "./sync-key.ts";

/** Which of the table's real unique keys tells rows apart. */
export function SyncKeyFields({ keys }: { readonly keys: readonly UniqueKey[] }): ReactElement {
  const form = useFormContext<DestinationForm>();
  const { syncKey } = useFormValues(form);
  return (
    <RadioCards
      id={fieldId("syncKey")}
      legend={destinationCopy.key}
      hint={destinationCopy.keyHint}
      name="syncKey"
      value={keyId(syncKey)}
      columns={2}
      onChange={(id) => form.setValue("syncKey", JSON.parse(id) as string[], { shouldDirty: true })}
      error={form.formState.errors.syncKey?.message}
    >
      {keys.map((key) => (
        <RadioCard
          key={key.name}
          value={keyId(key.columns)}
          icon={<IconKey size={20} stroke={1.7} aria-hidden />}
          title={key.columns.join(" + ")}
          badge={
            <Badge variant="light" tt="none">
              {key.primary ? destinationCopy.primary : destinationCopy.unique}
            </Badge>
          }
          text={key.nullable ? destinationCopy.nullableKey : undefined}
        />
      ))}
    </RadioCards>
  );
}
