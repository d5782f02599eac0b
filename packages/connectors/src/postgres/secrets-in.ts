import type { PostgresTarget } from "@headgate/core";

/** Every secret of a target, so that none is ever repeated from what the other side says (R31). */
export function secretsIn({ tunnel, ...target }: PostgresTarget): readonly string[] {
  const { password, clientKeyPassphrase, entraSecret, entraCertificatePassword } = target;
  const all = [
    password,
    clientKeyPassphrase,
    entraSecret,
    entraCertificatePassword,
    tunnel?.password,
    tunnel?.passphrase,
  ];
  return all.filter((secret) => secret !== undefined && secret !== "") as string[];
}
