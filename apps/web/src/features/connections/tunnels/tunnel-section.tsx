import type { Tunnel } from "@headgate/contract";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { tunnelListCopy } from "./copy.ts";
import { DeleteTunnel } from "./delete-tunnel.tsx";
import { tunnelQueries } from "./queries.ts";
import { TunnelDialog } from "./tunnel-dialog.tsx";
import { TunnelTable } from "./tunnel-table.tsx";
import classes from "./tunnel-section.module.css";

type Opened = { readonly tunnel: Tunnel | undefined; readonly start: "details" | "keys" };

/** All SSH tunnels in one place; absent while there are none, as most people never need one. */
export function TunnelSection(): ReactElement | null {
  const tunnels = useQuery(tunnelQueries.list());
  const [opened, setOpened] = useState<Opened>();
  const [removing, setRemoving] = useState<Tunnel>();
  if (tunnels.error) return <ErrorCallout error={tunnels.error} />;
  if (!tunnels.data || tunnels.data.length === 0) return null;
  return (
    <div className={classes.section}>
      <div className={classes.head}>
        <div>
          <h2 className={classes.title}>{tunnelListCopy.title}</h2>
          <p className={classes.text}>{tunnelListCopy.text}</p>
        </div>
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => setOpened({ tunnel: undefined, start: "details" })}
        >
          {tunnelListCopy.create}
        </Button>
      </div>
      <TunnelTable
        tunnels={tunnels.data}
        onOpen={(tunnel, start) => setOpened({ tunnel, start })}
        onDelete={setRemoving}
      />
      {opened && <TunnelDialog {...opened} onClose={() => setOpened(undefined)} />}
      {removing && <DeleteTunnel key={removing.id} tunnel={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  );
}
