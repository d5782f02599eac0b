import type { Connection, Draft, GrantRequest, Stream } from "@headgate/contract";
import { useDebouncedValue } from "@mantine/hooks";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { GrantHelper } from "../../../connections/grants/grant-helper.tsx";
import { destinationGrants } from "../../draft-grants.ts";
import type { TableItem } from "../../table-picker/table-search.ts";
import type { DestinationForm } from "./destination-form.ts";

/** While somebody goes through the list with the arrow keys, the database is left alone. */
const restMilliseconds = 300;

type Props = {
  readonly draft: Draft;
  readonly connection: Connection;
  /** The existing table that was chosen, once its columns are known. */
  readonly destination: Stream | undefined;
  /** The table of the list that was looked at last; without a right to read, it cannot be chosen yet. */
  readonly looked: TableItem | undefined;
};

/** Says before anything runs which rights to write are missing, with the script that changes it. */
export function WriteRights({ draft, connection, destination, looked }: Props): ReactElement | null {
  const values = useFormValues(useFormContext<DestinationForm>());
  const [item] = useDebouncedValue(looked, restMilliseconds);
  const request = requestFor(values, draft, destination, item);
  return request ? <GrantHelper connection={connection} request={request} onlyWhenMissing /> : null;
}

function requestFor(
  values: DestinationForm,
  draft: Draft,
  destination: Stream | undefined,
  looked: TableItem | undefined,
): GrantRequest | undefined {
  const { target, schema, writeMode } = values;
  if (target === "existing" && looked && !looked.readable) {
    const table = { schema: looked.schema, name: looked.name };
    return { role: "destination", table, writeMode: writeMode || "upsert" };
  }
  if (writeMode === "" || (target === "existing" ? !destination : schema === "")) return undefined;
  return destinationGrants({ ...values, writeMode }, draft, destination);
}
