import type { CheckCode } from "@headgate/contract";
import type { Copy } from "./copy.ts";

/** Copy for what can go wrong between Headgate and an SSH server. */
export const tunnelMessages = {
  not_ssh: {
    title: "What answers on port {port} of {host} is not an SSH server",
    why: "Another program lives there.",
    next: "Check the port of the SSH server; 22 is usual.",
  },
  ssh_host_key_unknown: {
    title: "We have not met the SSH server {host} yet",
    why: "It showed the key {fingerprint}. Nothing was sent to it: whoever holds another key could pretend to be it.",
    next: "Compare this fingerprint with the one of your server, then accept it. Tunnels are kept under Connections.",
  },
  ssh_host_key_changed: {
    title: "The SSH server {host} is not the one you accepted",
    why: "It showed the key {fingerprint}, but {accepted} was accepted. Nothing was sent to it.",
    next: "Ask whoever runs the SSH server whether its key was changed. If it was not, someone may stand in between.",
  },
  ssh_too_old: {
    title: "The SSH server {host} only knows outdated methods",
    why: "It offers no way of agreeing on a key that is still safe, such as Ed25519 or RSA with SHA-2.",
    next: "Ask for the SSH server to be updated.",
  },
  ssh_auth_refused: {
    title: "The SSH server does not let {sshUser} in",
    why: "The user name, the password or the key is not the one it expects.",
    next: "Check the user name. With a key, check that its public half is in authorized_keys on the SSH server.",
  },
  ssh_key_missing: {
    title: "The SSH tunnel has no password or key",
    why: "Without one, the SSH server lets nobody in.",
    next: "Add it to the tunnel, under Connections.",
  },
  ssh_key_unreadable: {
    title: "The private key of the SSH tunnel cannot be read",
    why: "It is not a private key in OpenSSH or PEM form, or it is cut off.",
    next: "Add the whole file, from “BEGIN” to “END … PRIVATE KEY”.",
  },
  ssh_key_ppk: {
    title: "This is a PuTTY key file",
    why: "PuTTY keeps keys in a form of its own (.ppk) that nothing else reads.",
    next: "Open it in PuTTYgen, choose Conversions, Export OpenSSH key, and add the exported file.",
  },
  ssh_key_public: {
    title: "This is the public half of the key",
    why: "The public key belongs on the SSH server. Headgate needs the private one, usually the file without .pub.",
    next: "Add the private key file.",
  },
  ssh_key_passphrase: {
    title: "The passphrase does not open the private key",
    why: "The key is encrypted, and the passphrase is missing or wrong.",
    next: "Enter the passphrase with which the key was made.",
  },
  ssh_forward_refused: {
    title: "The SSH server does not lead on to {host}",
    why: "You were let in, but it may not open ways to that address and port, or nothing listens there.",
    next: "Check the database's address as seen from the SSH server, and ask for port forwarding to be allowed.",
  },
  ssh_failed: {
    title: "The SSH tunnel through {host} did not come about",
    why: "The SSH server ended the conversation.",
    next: "Try again. If it stays, send the technical details to whoever runs the SSH server.",
  },
} as const satisfies Partial<Record<CheckCode, Copy>>;
