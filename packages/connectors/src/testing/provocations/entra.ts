import type { CheckCode } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { makeAuthority, startTokenEndpoint, type TokenEndpointOptions } from "@headgate/testkit";
import { createEgressGate } from "../../net/egress-gate.ts";
import { entraCloudAddresses } from "../../net/entra/clouds.ts";
import { contextWith } from "../targets.ts";
import { encryptedTarget } from "./encryption.ts";
import { provoked, type Arena, type Provocation, type Provoked } from "./provocation.ts";

const tenantId = "0f5a1e2b-aaaa-4bbb-8ccc-1234567890ab";
const clientId = "6b1f0c1d-dddd-4eee-8fff-abcdef012345";
const entra = { tenantId, clientId, cloud: "AzurePublic", credential: "secret" } as const;
const own = makeAuthority().issue();
const strange = makeAuthority().issue();
const usual = { tenantId, clientId, secret: "canary", scope: entraCloudAddresses.AzurePublic.scope };

/** At a server that asks for a password, with a token endpoint that knows one secret and one certificate. */
async function withToken(
  arena: Arena,
  change: Partial<PostgresTarget>,
  options: Partial<TokenEndpointOptions> = {},
): Promise<Provoked> {
  const endpoint = await startTokenEndpoint({ ...usual, certificate: own.certificate, ...options });
  // A gate of its own, and with it no token in memory.
  const gate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });
  const target = encryptedTarget(arena, { tlsMode: "verify-full", entra, entraSecret: "canary", ...change });
  const found = await provoked(target, { ...contextWith(), gate, entraAuthority: endpoint });
  await endpoint.close();
  return found;
}

const refused = (error_description: string): Partial<TokenEndpointOptions> => ({
  answer: {
    status: 401,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ error: "invalid_client", error_description }),
  },
});

const byCertificate = (entraCertificate: string): Partial<PostgresTarget> => ({
  entra: { ...entra, credential: "certificate" },
  entraCertificate,
});

const entraCase = (
  how: string,
  code: CheckCode,
  change: Partial<PostgresTarget>,
  options?: Partial<TokenEndpointOptions>,
): Provocation => ({ how, code, stage: "sign_in", provoke: (arena) => withToken(arena, change, options) });

/** What can be wrong with a token. */
export const tokens: readonly Provocation[] = [
  {
    how: "a sign-in service that is away",
    code: "entra_unreachable",
    stage: "sign_in",
    provoke: (arena) => {
      const target = encryptedTarget(arena, { tlsMode: "verify-full", entra, entraSecret: "canary" });
      const entraAuthority = { origin: "https://127.0.0.1:1", caCertificate: own.certificate };
      return provoked(target, { ...contextWith(), entraAuthority });
    },
  },
  entraCase("a wrong secret", "entra_wrong_secret", { entraSecret: "guessed" }),
  entraCase("a secret that has run out", "entra_secret_expired", {}, refused("AADSTS7000222: The keys are expired.")),
  entraCase("garbage as certificate", "entra_certificate_unreadable", byCertificate("garbage")),
  entraCase(
    "a certificate that is not registered",
    "entra_wrong_certificate",
    byCertificate(`${strange.certificate}\n${strange.key}`),
  ),
  entraCase("an unknown application", "entra_unknown_app", { entra: { ...entra, clientId: "nobody" } }),
  entraCase("an unknown directory", "entra_unknown_tenant", { entra: { ...entra, tenantId: "nowhere" } }),
  entraCase("a reason that is on no list", "entra_refused", {}, refused("AADSTS53003: Blocked by policies.")),
  entraCase("a role that is not tied to the application", "entra_user_unknown", {}),
  entraCase("a line on which nobody was verified [R52]", "entra_needs_verification", { tlsMode: "require" }),
];
