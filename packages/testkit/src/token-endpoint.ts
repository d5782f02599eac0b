import { constants, createHash, randomBytes, verify, X509Certificate } from "node:crypto";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { makeAuthority } from "./certificates.ts";

export type TokenEndpointOptions = {
  readonly tenantId: string;
  readonly clientId: string;
  /** The one it knows; absent: none is right. */
  readonly secret?: string;
  /** PEM text of the certificate that was registered. */
  readonly certificate?: string;
  readonly scope: string;
  readonly livesSeconds?: number;
  /** In place of an answer of its own. */
  readonly answer?: { readonly status: number; readonly headers?: Record<string, string>; readonly body: string };
};

export type TokenEndpoint = {
  readonly origin: string;
  readonly caCertificate: string;
  /** Every token it hands out is this one, until it is changed. */
  token: string;
  /** The forms that were sent. */
  readonly asked: readonly Readonly<Record<string, string>>[];
  close(): Promise<void>;
};

type Refusal = { readonly status: number; readonly error: string; readonly words: string };

/** Hands out tokens as Microsoft Entra does, after it has checked the secret or every part of the assertion. */
export async function startTokenEndpoint(options: TokenEndpointOptions): Promise<TokenEndpoint> {
  const authority = makeAuthority("Headgate test sign-in");
  const { key, certificate: cert } = authority.issue({ names: ["localhost"], addresses: ["127.0.0.1"] });
  const asked: Record<string, string>[] = [];
  const used = new Set<string>();
  const state = { token: randomBytes(600).toString("base64url") };
  const server = createServer({ key, cert }, (req, res) => {
    void text(req).then((body) => {
      const form = Object.fromEntries(new URLSearchParams(body));
      asked.push(form);
      const { answer } = options;
      if (answer) return res.writeHead(answer.status, answer.headers).end(answer.body);
      const refusal = judge({ method: req.method ?? "", path: req.url ?? "", form }, options, origin(), used);
      const reply = refusal
        ? { error: refusal.error, error_description: refusal.words, error_codes: [] }
        : { token_type: "Bearer", expires_in: options.livesSeconds ?? 3600, access_token: state.token };
      return res.writeHead(refusal?.status ?? 200, { "content-type": "application/json" }).end(JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = (): string => `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: origin(),
    caCertificate: authority.certificate,
    asked,
    get token() {
      return state.token;
    },
    set token(value) {
      state.token = value;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Request = { readonly method: string; readonly path: string; readonly form: Readonly<Record<string, string>> };

function judge(
  { method, path, form }: Request,
  options: TokenEndpointOptions,
  origin: string,
  used: Set<string>,
): Refusal | undefined {
  const endpoint = `/${options.tenantId}/oauth2/v2.0/token`;
  if (method !== "POST" || path !== endpoint)
    return refuse(
      "invalid_request",
      "AADSTS90002: Tenant was not found. Check to make sure you have the correct tenant ID.",
    );
  if (form["grant_type"] !== "client_credentials")
    return refuse("unsupported_grant_type", "AADSTS70003: not supported");
  if (form["client_id"] !== options.clientId)
    return refuse("unauthorized_client", "AADSTS700016: Application was not found in the directory.");
  if (form["scope"] !== options.scope) return refuse("invalid_scope", "AADSTS1002012: The scope is not valid.");
  if (form["client_assertion"]) {
    const fault = assertionFault(form, options, `${origin}${endpoint}`, used);
    return fault ? refuse("invalid_client", `AADSTS700027: ${fault}`, 401) : undefined;
  }
  if (options.secret !== undefined && form["client_secret"] === options.secret) return undefined;
  return refuse("invalid_client", "AADSTS7000215: Invalid client secret provided.", 401);
}

function refuse(error: string, words: string, status = 400): Refusal {
  return { status, error, words };
}

/** What is wrong with a signed assertion, as RFC 7523 and Microsoft's own page want it; undefined when nothing is. */
function assertionFault(
  form: Readonly<Record<string, string>>,
  { certificate, clientId }: TokenEndpointOptions,
  audience: string,
  used: Set<string>,
): string | undefined {
  if (form["client_assertion_type"] !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer") return "another type";
  if (!certificate) return "no certificate is registered";
  const [head = "", body = "", signature = ""] = (form["client_assertion"] ?? "").split(".");
  const header = parsePart(head);
  const claims = parsePart(body);
  const registered = new X509Certificate(certificate);
  const thumbprint = createHash("sha256").update(registered.raw).digest("base64url");
  if (header["alg"] !== "PS256" || header["typ"] !== "JWT") return `${String(header["alg"])} is not PS256`;
  if (header["x5t#S256"] !== thumbprint) return "the thumbprint is not that of the registered certificate";
  const signed = { key: registered.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  if (!verify("sha256", Buffer.from(`${head}.${body}`), signed, Buffer.from(signature, "base64url")))
    return "the signature";
  const now = Date.now() / 1000;
  const [expires, notBefore] = [Number(claims["exp"]), Number(claims["nbf"])];
  if (claims["aud"] !== audience) return `the audience is ${String(claims["aud"])}`;
  if (claims["iss"] !== clientId || claims["sub"] !== clientId) return "issuer or subject is not the application";
  if (!(expires > now && expires <= now + 600) || !(notBefore <= now)) return "it is not valid now";
  const id = claims["jti"];
  if (typeof id !== "string" || id === "" || used.has(id)) return "it was used before";
  used.add(id);
  return undefined;
}

function parsePart(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
}
