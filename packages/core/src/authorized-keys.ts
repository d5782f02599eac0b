type Target = { readonly host: string; readonly port: number };

/**
 * The line to add to `~/.ssh/authorized_keys` of the SSH server: the key opens no shell and runs no command, and where
 * `targets` are named it leads to those addresses only (sshd(8), "AUTHORIZED_KEYS FILE FORMAT").
 */
export function authorizedKeysLine(publicKey: string, targets: readonly Target[]): string {
  return [["restrict", "port-forwarding", ...targets.map(permitOf)].join(","), publicKey].join(" ");
}

/** The line with one more address to lead to, for a connection that is still being made; each is named once. */
export function permitting(line: string, target: Target): string {
  // Neither a host nor another option holds a space, so the first one ends the options.
  const end = line.indexOf(" ");
  const options = line.slice(0, end).split(",");
  const permit = permitOf(target);
  return options.includes(permit) ? line : `${[...options, permit].join(",")}${line.slice(end)}`;
}

function permitOf({ host, port }: Target): string {
  return `permitopen="${bracketed(host).replaceAll('"', '\\"')}:${port}"`;
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
