import type { Connection, GrantRequest } from "@headgate/contract";
import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { Skeletons } from "../../../ui/skeletons.tsx";
import { FailureCallout } from "../check/failure-callout.tsx";
import { grantCopy } from "./copy.ts";
import { missingCount, scriptOf } from "./grant-state.ts";
import { GrantList } from "./grant-list.tsx";
import { grantsQuery } from "./queries.ts";

type Props = { readonly connection: Connection; readonly request: GrantRequest };

/** The script for the administrator, each line with whether the database already grants it. */
export function GrantHelper({ connection, request }: Props): ReactElement {
  const grants = useQuery(grantsQuery(connection.id, request));
  const again = (
    <Button size="sm" variant="default" loading={grants.isFetching} onClick={() => void grants.refetch()}>
      {grantCopy.again}
    </Button>
  );
  if (grants.isPending) return <Skeletons lines={4} label={grantCopy.loading} />;
  if (grants.isError) return <ErrorCallout error={grants.error} />;
  if (grants.data.status === "failed")
    return <FailureCallout failure={grants.data.failure} settings={connection.settings} actions={again} />;
  const { lines, user } = grants.data;
  const missing = missingCount(lines);
  return (
    <section aria-label={grantCopy.title}>
      <Callout
        kind={missing === 0 ? "success" : "warning"}
        role="status"
        title={missing === 0 ? grantCopy.complete : grantCopy.missing(missing)}
      >
        {missing > 0 && <p>{grantCopy.intro(user)}</p>}
      </Callout>
      <GrantList lines={lines} />
      <Group gap="sm">
        <CopyButton text={scriptOf(lines)} label={missing === 0 ? grantCopy.copy : grantCopy.copyMissing} />
        {again}
      </Group>
    </section>
  );
}
