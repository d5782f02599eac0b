/**
 * The line to add to `~/.ssh/authorized_keys` of the SSH server: the key opens no shell and runs no command, and where
 * `targets` are named it leads to those addresses only (sshd(8), "AUTHORIZED_KEYS FILE FORMAT").
 */
export function authorizedKeysLine(
  publicKey: string,
  targets: readonly { readonly host: string; readonly port: number }[],
): string {
  const permits = targets.map(({ host, port }) => `permitopen="${bracketed(host).replaceAll('"', '\\"')}:${port}"`);
  return [["restrict", "port-forwarding", ...permits].join(","), publicKey].join(" ");
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
