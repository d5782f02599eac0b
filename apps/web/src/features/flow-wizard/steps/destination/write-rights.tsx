import type { PostgresConnection, Draft, Stream } from "@headgate/contract";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { GrantHelper } from "../../../connections/grants/grant-helper.tsx";
import { destinationGrants } from "../../draft-grants.ts";
import type { DestinationForm } from "./destination-form.ts";
import { StateFields } from "./state-fields.tsx";

type Props = {
  readonly draft: Draft;
  readonly connection: PostgresConnection;
  /** The existing table that was chosen, once its columns are known. */
  readonly destination: Stream | undefined;
};

/** Says before anything runs which rights the chosen mode lacks, with the script that changes it. */
export function WriteRights({ draft, connection, destination }: Props): ReactElement | null {
  const values = useFormValues(useFormContext<DestinationForm>());
  const { target, schema, writeMode } = values;
  if (writeMode === "" || (target === "existing" ? !destination : schema === "")) return null;
  const request = destinationGrants({ ...values, writeMode }, draft, destination);
  const keeping = destinationGrants({ ...values, writeMode, keepsState: "destination" }, draft, destination);
  return (
    <>
      <StateFields connection={connection} request={keeping} />
      <GrantHelper connection={connection} request={request} onlyWhenMissing />
    </>
  );
}
