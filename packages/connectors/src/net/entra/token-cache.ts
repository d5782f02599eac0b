import { createHash } from "node:crypto";
import type { EgressGate } from "../egress-gate.ts";
import { requestToken, type EntraTarget, type Token, type TokenOptions } from "./request-token.ts";

/** A token is not used during its last five minutes: sessions may take a moment, clocks differ (features §3.3). */
const marginMs = 5 * 60_000;

type Cached = { readonly token: Token; readonly usableUntil: number };

/** Only ever in memory, and only as long as the gate it was fetched through. */
const tokens = new WeakMap<EgressGate, Map<string, Cached>>();

/** A token that is good for at least five more minutes, from memory or fresh. Throws an `EntraRefusal`. */
export async function entraToken(gate: EgressGate, target: EntraTarget, options: TokenOptions): Promise<string> {
  const cache = tokens.get(gate) ?? new Map<string, Cached>();
  tokens.set(gate, cache);
  const name = nameOf(target, options);
  const known = cache.get(name);
  if (known && Date.now() < known.usableUntil) return known.token.value;
  const token = await requestToken(gate, target, options);
  for (const [other, { usableUntil }] of cache) if (usableUntil <= Date.now()) cache.delete(other);
  cache.set(name, { token, usableUntil: Date.now() + token.livesSeconds * 1000 - marginMs });
  return token.value;
}

/** Whoever changed the secret, the application or the cloud gets a token of their own. */
function nameOf({ entra, entraSecret, entraCertificate }: EntraTarget, { authority }: TokenOptions): string {
  const all = [entra, entra.credential === "secret" ? entraSecret : entraCertificate, authority?.origin];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}
