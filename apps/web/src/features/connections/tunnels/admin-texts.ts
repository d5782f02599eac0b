import type { Tunnel } from "@headgate/contract";

type Server = Pick<Tunnel, "host" | "port">;

/** Prints the fingerprints of a server's keys, one line for each. */
export function fingerprintCommand({ host, port }: Server): string {
  const address = host.replace(/^\[|\]$/g, "");
  return `ssh-keyscan -p ${port} ${quoted(address)} | ssh-keygen -lf -`;
}

/** A command is run where it is pasted: an odd address may not become a second one. */
function quoted(address: string): string {
  return /^[A-Za-z0-9._:-]+$/.test(address) ? address : `'${address.replaceAll("'", `'\\''`)}'`;
}

/** All that whoever runs the SSH server needs to know to let Headgate through; never holds a secret. */
export function keyMessage(tunnel: Server & Pick<Tunnel, "user">, line: string): string {
  return [
    "Hello,",
    "",
    "I would like to reach a database from Headgate through this SSH server:",
    "",
    `  Server: ${tunnel.host}, port ${tunnel.port}`,
    `  User:   ${tunnel.user}`,
    "",
    "1. Please add this line to ~/.ssh/authorized_keys of that user:",
    "",
    `  ${line}`,
    "",
    "The key opens no shell and runs no command; it can only lead on to the database.",
    "",
    "2. Please send me the fingerprint of the server's key. This prints it:",
    "",
    `  ${fingerprintCommand(tunnel)}`,
    "",
    "Thank you!",
  ].join("\n");
}
