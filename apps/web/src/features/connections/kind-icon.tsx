import type { ConnectionKind } from "@headgate/contract";
import { IconBolt, IconDatabase, IconFiles, IconWebhook } from "@tabler/icons-react";
import type { ReactElement } from "react";

const icons = { postgres: IconDatabase, events: IconBolt, webhook: IconWebhook, files: IconFiles } as const;

/** The sign of a kind of connection; its name stands beside it. */
export function KindIcon({ kind, size = 22 }: { readonly kind: ConnectionKind; readonly size?: number }): ReactElement {
  const Icon = icons[kind];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
