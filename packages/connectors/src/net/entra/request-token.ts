import {
  ClientSecretPost,
  clientCredentialsGrant,
  Configuration,
  customFetch,
  modifyAssertion,
  PrivateKeyJwt,
  type ClientAuth,
} from "openid-client";
import type { EntraSettings } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import type { EgressGate } from "../egress-gate.ts";
import { entraCloudAddresses } from "./clouds.ts";
import { readEntraCertificate } from "./entra-certificate.ts";
import { entraFault } from "./entra-fault.ts";
import { EntraRefusal } from "./entra-refusal.ts";
import { gateFetch } from "./gate-fetch.ts";

/** What of a target a token depends on. */
export type EntraTarget = { readonly entra: EntraSettings } & Pick<
  PostgresTarget,
  "entraSecret" | "entraCertificate" | "entraCertificatePassword"
>;

export type TokenOptions = {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** In place of Microsoft's, for tests. */
  readonly authority?: { readonly origin: string; readonly caCertificate: string } | undefined;
};

export type Token = { readonly value: string; readonly livesSeconds: number };

/** Entra takes assertions that live at most ten minutes. */
const assertionSeconds = 300;

/** Asks for a token with which the application signs in at PostgreSQL. Throws an `EntraRefusal`. */
export async function requestToken(gate: EgressGate, target: EntraTarget, options: TokenOptions): Promise<Token> {
  const { tenantId, clientId, cloud } = target.entra;
  const addresses = entraCloudAddresses[cloud];
  const authority = options.authority?.origin ?? addresses.authority;
  const endpoint = `${authority}/${tenantId}/oauth2/v2.0/token`;
  const server = { issuer: `${authority}/${tenantId}/v2.0`, token_endpoint: endpoint };
  const { caCertificate } = options.authority ?? {};
  try {
    const config = new Configuration(server, clientId, undefined, await clientAuth(target, endpoint));
    const authorities = caCertificate === undefined ? undefined : [caCertificate];
    config[customFetch] = gateFetch(gate, { authorities, timeoutMs: options.timeoutMs, signal: options.signal });
    const { access_token: value, expires_in: livesSeconds = 0 } = await clientCredentialsGrant(config, {
      scope: addresses.scope,
    });
    return { value, livesSeconds };
  } catch (error) {
    options.signal.throwIfAborted();
    throw entraFault(error, target.entra, authority);
  }
}

async function clientAuth(target: EntraTarget, endpoint: string): Promise<ClientAuth> {
  const { entra, entraSecret, entraCertificate, entraCertificatePassword } = target;
  if (entra.credential === "secret") {
    if (!entraSecret) throw new EntraRefusal("entra_wrong_secret", "No secret was given.");
    return ClientSecretPost(entraSecret);
  }
  const { key, thumbprint } = await readEntraCertificate(entraCertificate ?? "", entraCertificatePassword);
  const signing = key.toCryptoKey({ name: "RSA-PSS", hash: "SHA-256" }, false, ["sign"]);
  return PrivateKeyJwt(signing, {
    [modifyAssertion]: (header, payload) => {
      Object.assign(header, { typ: "JWT", "x5t#S256": thumbprint });
      const now = Math.floor(Date.now() / 1000);
      Object.assign(payload, { aud: endpoint, nbf: now, iat: now, exp: now + assertionSeconds });
    },
  });
}
