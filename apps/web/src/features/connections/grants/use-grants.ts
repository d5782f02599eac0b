import type { CheckedGrant, PostgresConnection, GrantRequest } from "@headgate/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { connectionQueries } from "../queries.ts";
import { grantCopy } from "./copy.ts";
import { missingCount, newsOf } from "./grant-state.ts";
import { grantsQuery } from "./queries.ts";

type Look = { readonly at: number; readonly lines: readonly CheckedGrant[]; readonly news: string };

/** The grants of a login as the last look found them, what that look changed, and the way to look again. */
export function useGrants(connection: PostgresConnection, request: GrantRequest) {
  const client = useQueryClient();
  const grants = useQuery(grantsQuery(connection.id, request));
  const [look, setLook] = useState<Look>();
  const at = grants.dataUpdatedAt;
  if (grants.data?.status === "succeeded" && look?.at !== at) {
    const { lines } = grants.data;
    const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" }).format(at);
    setLook({ at, lines, news: look ? `${grantCopy.checkedAt(time)} ${newsOf(look.lines, lines)}` : "" });
  }

  async function again(): Promise<void> {
    const { data } = await grants.refetch();
    if (data?.status !== "succeeded" || missingCount(data.lines) > 0) return;
    // Lists and tables were read with fewer rights than there are now.
    const { queryKey } = connectionQueries.one(connection.id);
    await client.invalidateQueries({ queryKey, predicate: (query) => query.queryKey[queryKey.length] !== "grants" });
  }

  return { grants, news: look?.news ?? "", again };
}
