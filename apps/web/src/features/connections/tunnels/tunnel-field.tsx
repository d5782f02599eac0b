import type { Tunnel } from "@headgate/contract";
import { Button, Group, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { useField } from "../../../ui/field.ts";
import { tunnelFieldCopy } from "./copy.ts";
import type { TunnelEnd } from "./key-line.tsx";
import { tunnelQueries } from "./queries.ts";
import { TunnelDialog } from "./tunnel-dialog.tsx";
import { TunnelSummary } from "./tunnel-summary.tsx";
import classes from "./tunnel-field.module.css";

/** As much of the connection's form as this field knows; an empty id means no tunnel. */
type Form = { settings: { tunnelId: string; host: string; port: string | number } };

/** A value of its own, as an empty one means "nothing chosen" to the list. */
const direct = "direct";

type Opened = { readonly tunnel: Tunnel | undefined; readonly start: "details" | "keys" };

/** Whether the database is reached through an SSH tunnel: none, a saved one, or a new one. Stands inside a form provider. */
export function TunnelField(): ReactElement {
  const { control } = useFormContext<Form>();
  const { id, field, error } = useField<Form, unknown, Form>({ control, name: "settings.tunnelId" });
  const { ref, name, onChange, onBlur } = field;
  const value = useWatch({ control, name: "settings.tunnelId" });
  const end = useTunnelEnd();
  const tunnels = useQuery(tunnelQueries.list());
  const [opened, setOpened] = useState<Opened>();
  const chosen = tunnels.data?.find((tunnel) => tunnel.id === value);
  const lost = value !== "" && tunnels.data !== undefined && !chosen;
  const trouble = lost ? tunnelFieldCopy.deleted : tunnels.isError ? tunnelFieldCopy.notLoaded : undefined;

  return (
    <div className={classes.field}>
      <Select
        id={id}
        label={tunnelFieldCopy.label}
        description={tunnelFieldCopy.hint}
        error={error ?? trouble}
        name={name}
        data={[
          { value: direct, label: tunnelFieldCopy.direct },
          ...(tunnels.data ?? []).map((tunnel) => ({ value: tunnel.id, label: labelOf(tunnel) })),
        ]}
        value={value === "" ? direct : value}
        onChange={(next) => onChange(next === direct ? "" : next)}
        onBlur={onBlur}
        ref={ref}
        allowDeselect={false}
      />
      {chosen && <TunnelSummary tunnel={chosen} onOpen={(start) => setOpened({ tunnel: chosen, start })} />}
      <Group gap="sm">
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setOpened({ tunnel: undefined, start: "details" })}
        >
          {tunnelFieldCopy.create}
        </Button>
      </Group>
      {opened && (
        <TunnelDialog
          {...opened}
          end={end}
          onSaved={(tunnel) => onChange(tunnel.id)}
          onClose={() => setOpened(undefined)}
        />
      )}
    </div>
  );
}

function labelOf({ name, user, host }: Tunnel): string {
  return `${name} (${user}@${host})`;
}

/** The typed database, once it can be one. */
function useTunnelEnd(): TunnelEnd | undefined {
  const { control } = useFormContext<Form>();
  const [host, port] = useWatch({ control, name: ["settings.host", "settings.port"] });
  const number = Number(port);
  return host.trim() === "" || !Number.isInteger(number) || number < 1
    ? undefined
    : { host: host.trim(), port: number };
}
