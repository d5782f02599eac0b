import type { TlsMode } from "@headgate/contract";
import { providerTable, type ProviderRule, type ServerEntered } from "./provider-table.ts";

export type ProviderId = (typeof providerTable)[number]["id"];

export type Provider = {
  readonly id: ProviderId;
  readonly name: string;
  /** The strongest mode that works without pasting a certificate. */
  readonly tlsMode: TlsMode;
  /** Whole sentences that fit what was entered. */
  readonly tips: readonly string[];
};

/** Recognises a hosted PostgreSQL from the address of its server, or undefined. Nothing is looked up. */
export function recognizeProvider(server: ServerEntered): Provider | undefined {
  const host = server.host.trim().toLowerCase().replace(/\.$/, "");
  const entered = { ...server, host };
  const found = providerTable.find((rule: ProviderRule) => rule.is(entered));
  if (!found) return undefined;
  const tips: ProviderRule["tips"] = found.tips;
  return {
    id: found.id,
    name: found.name,
    tlsMode: found.tlsMode,
    tips: tips.filter(({ when }) => when?.(entered) ?? true).map(({ text }) => text),
  };
}
