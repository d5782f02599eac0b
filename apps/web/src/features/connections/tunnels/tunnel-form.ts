import { tunnelAnswersSchema, tunnelSecretsSchema, type Tunnel, type TunnelAnswers } from "@headgate/contract";
import { z } from "zod";
import { tunnelFormCopy } from "./copy.ts";

const { host, port, user, name, method } = tunnelAnswersSchema.shape;
const secretShapes = tunnelSecretsSchema.shape;

/** In the order of the form, which the list of mistakes follows. */
const fieldsSchema = z.object({
  host: z.string().trim().min(1, { error: tunnelFormCopy.hostMissing, abort: true }).pipe(host),
  port,
  user,
  name,
  method,
  secrets: z.object({
    password: secretShapes.password.unwrap(),
    privateKey: secretShapes.privateKey.unwrap(),
    passphrase: secretShapes.passphrase.unwrap(),
  }),
});

/** In a group of their own: the fields of the connection that waits behind the window are called `name` and so on too. */
export type TunnelForm = { readonly tunnel: z.input<typeof fieldsSchema> };
export type CheckedTunnelForm = { readonly tunnel: z.output<typeof fieldsSchema> };

/** Judges the form; a secret is asked for where none is stored, or where the stored one may not go any more. [R24] */
export function tunnelFormSchema(saved: Tunnel | undefined) {
  return z.object({
    tunnel: fieldsSchema.superRefine(({ method, secrets, ...where }, context) => {
      const missing = (field: "password" | "privateKey", message: string): void =>
        context.addIssue({ code: "custom", path: ["secrets", field], message });
      if (method === "password" && secrets.password === "") {
        if (!saved?.secrets.password.set) missing("password", tunnelFormCopy.passwordMissing);
        else if (isMoved(saved, where)) missing("password", tunnelFormCopy.passwordAgain);
      }
      const keyStored = saved?.method === "private_key" && saved.secrets.privateKey.set;
      if (method === "private_key" && secrets.privateKey.trim() === "" && !keyStored)
        missing("privateKey", tunnelFormCopy.keyMissing);
    }),
  });
}

export function tunnelFormDefaults(saved?: Tunnel): TunnelForm {
  return {
    tunnel: {
      host: saved?.host ?? "",
      port: String(saved?.port ?? 22),
      user: saved?.user ?? "",
      name: saved?.name ?? "",
      method: saved?.method ?? "headgate_key",
      secrets: { password: "", privateKey: "", passphrase: "" },
    },
  };
}

/** The checked form as the server wants it: only secrets of its method, and empty ones keep what is stored. */
export function tunnelAnswers({ tunnel: { secrets, ...rest } }: CheckedTunnelForm): TunnelAnswers {
  return { ...rest, secrets: secretsOf(rest.method, secrets) };
}

function secretsOf(method: TunnelAnswers["method"], typed: CheckedTunnelForm["tunnel"]["secrets"]) {
  if (method === "headgate_key") return {};
  if (method === "password") return typed.password === "" ? {} : { password: typed.password };
  // A new key without a passphrase has none: the old one's may not stay behind.
  if (typed.privateKey.trim() !== "") return { privateKey: typed.privateKey, passphrase: typed.passphrase };
  return typed.passphrase === "" ? {} : { passphrase: typed.passphrase };
}

/** Whether what is stored would be sent to another server, or as somebody else. */
export function isMoved(saved: Tunnel, typed: Pick<TunnelForm["tunnel"], "host" | "port" | "user">): boolean {
  const moved = saved.host !== typed.host.trim() || String(saved.port) !== String(typed.port).trim();
  return moved || saved.user !== typed.user;
}
