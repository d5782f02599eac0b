import { readAuthorities } from "./ca-certificate.ts";
import { readClientIdentity, type ClientMaterial } from "./client-identity.ts";
import { readEntraCertificate } from "./entra/entra-certificate.ts";
import { EntraRefusal } from "./entra/entra-refusal.ts";
import { TlsRefusal } from "./tls-refusal.ts";

export type GivenMaterial = ClientMaterial & {
  readonly caCertificate?: string | undefined;
  readonly entraCertificate?: string | undefined;
  readonly entraCertificatePassword?: string | undefined;
};

export type MaterialFault = {
  readonly of: "authority" | "client" | "entra";
  /** For example `unreadable`, `key_missing` or `passphrase_wrong`. */
  readonly reason: string;
};

/** What is wrong with certificates and keys as somebody gave them, before any server is asked; empty when nothing is. */
export async function materialFaults(given: GivenMaterial): Promise<readonly MaterialFault[]> {
  const faults = await Promise.all([
    faultOf("authority", () => readAuthorities(given.caCertificate)),
    faultOf("client", () => readClientIdentity(given)),
    faultOf("entra", () => {
      const { entraCertificate, entraCertificatePassword } = given;
      return entraCertificate ? readEntraCertificate(entraCertificate, entraCertificatePassword) : undefined;
    }),
  ]);
  return faults.filter((fault) => fault !== undefined);
}

async function faultOf(of: MaterialFault["of"], read: () => unknown): Promise<MaterialFault | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    if (!(error instanceof TlsRefusal) && !(error instanceof EntraRefusal)) throw error;
    return { of, reason: error.facts["reason"] ?? "unreadable" };
  }
}
