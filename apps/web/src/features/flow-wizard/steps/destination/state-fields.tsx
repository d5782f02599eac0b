import type { Connection, GrantRequest } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { grantsQuery } from "../../../connections/grants/queries.ts";
import { stateCopy } from "./copy.ts";
import type { DestinationForm } from "./destination-form.ts";

type Props = {
  readonly connection: Connection;
  /** What the flow needs when it keeps its state at the destination. */
  readonly request: GrantRequest;
};

/** Where Headgate may not keep its small table at the destination: says what that weakens, and asks whether it may be. */
export function StateFields({ connection, request }: Props): ReactElement | null {
  const form = useFormContext<DestinationForm>();
  const { writeMode, keepsState } = useFormValues(form);
  const grants = useQuery(grantsQuery(connection.id, request));
  const lines = grants.data?.status === "succeeded" ? grants.data.lines : [];
  const forbidden = lines.some(({ id, granted }) => (id === "state" || id === "state_table") && granted === false);
  if (writeMode === "" || (keepsState !== "headgate" && !forbidden)) return null;
  return (
    <SectionCard title={stateCopy.title} description={stateCopy.why}>
      {writeModeRules[writeMode].mayKeepOutside ? (
        <Checkbox
          label={stateCopy.accept}
          description={stateCopy.weaker[writeMode === "append" ? "append" : "keyed"]}
          checked={keepsState === "headgate"}
          onChange={({ currentTarget: { checked } }) =>
            form.setValue("keepsState", checked ? "headgate" : "destination", { shouldDirty: true })
          }
        />
      ) : (
        <p>{stateCopy.needed}</p>
      )}
    </SectionCard>
  );
}
