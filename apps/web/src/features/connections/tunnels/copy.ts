import type { TunnelMethod } from "@headgate/contract";

export const tunnelFieldCopy = {
  label: "Reach the database through an SSH tunnel",
  hint: "Only where the database cannot be reached directly: Headgate then goes through an SSH server that can.",
  direct: "No, connect directly",
  create: "New SSH tunnel",
  deleted: "This SSH tunnel was deleted. Choose another one.",
  notLoaded: "The saved tunnels could not be loaded. Reload the page to choose one of them.",
  change: "Change",
  keys: "Check its key",
  usedBy: (names: readonly string[]): string => `Used by ${names.join(", ")}. Change it under Connections.`,
  accepted: "Server accepted",
  notAccepted: "Server not accepted yet",
} as const;

export const methodWords: Readonly<Record<TunnelMethod, string>> = {
  headgate_key: "key made by Headgate",
  private_key: "private key",
  password: "password",
};

export const tunnelFormCopy = {
  newTitle: "New SSH tunnel",
  changeTitle: (name: string): string => `Change “${name}”`,
  form: "SSH tunnel",
  intro: "The SSH server is the machine in between, often called bastion or jump host.",
  host: "SSH server",
  hostMissing: "Enter the address of the SSH server.",
  hostHint: "For example bastion.example.com",
  hostFixed: "Connections use this tunnel and send their passwords through it, so it stays at this server.",
  port: "Port",
  portHint: "Usually 22",
  user: "User on the SSH server",
  userHint: "The name behind which the key or the password stands",
  method: "How does Headgate sign in there?",
  headgateKey: "With a key that Headgate makes",
  headgateKeyText: "The safest and the simplest: the private half never leaves Headgate. You get one line to pass on.",
  recommended: "Recommended",
  headgateKeyKept: "Its key pair stays. For a new pair, make another tunnel.",
  privateKey: "With a private key that you have",
  privateKeyText: "A file that someone gave you, often called id_ed25519 or id_rsa.",
  password: "With a password",
  passwordText: "Where the SSH server still allows it.",
  keyField: "Private key",
  keyHint:
    "The whole text, from BEGIN to END PRIVATE KEY, in OpenSSH or PEM form. Stored encrypted, never shown again.",
  keySaved: "Saved. Leave it empty to keep it, or add a new one.",
  keyMissing: "Add the private key.",
  fileTooLarge: "A key file has at most 100 kB. This is another kind of file.",
  passphrase: "Passphrase (optional)",
  passphraseHint: "Only where the key is locked with one.",
  passphraseSaved: "Saved. Leave it empty to keep it.",
  passwordField: "Password on the SSH server",
  passwordHint: "Stored encrypted, and never shown again.",
  passwordSaved: "Saved. Leave it empty to keep it, or type a new one.",
  passwordAgain: "Type the password again, because where it is sent has changed.",
  passwordMissing: "Enter the password.",
  name: "Tunnel name",
  nameHint: "So that you can find it again for other connections",
  save: "Save tunnel",
  saveNew: "Save and go on",
  cancel: "Cancel",
} as const;

export const keyLineCopy = {
  title: "Let Headgate in",
  intro: (user: string): string =>
    `Whoever runs the SSH server adds this line to the file ~/.ssh/authorized_keys of ${user}. It opens no shell: the key can only lead on to your database.`,
  unbound: "Choose this tunnel for a connection first: the line then names that database and leads nowhere else.",
  line: "Line for authorized_keys",
  copyLine: "Copy line",
  message: "Message for your administrator",
  messageIntro: "Ready to send. It holds everything they need and no secret.",
  copyMessage: "Copy message",
} as const;

export const hostKeyCopy = {
  title: "Is this the right server?",
  asking: (host: string): string => `Asking ${host} who it is`,
  intro: "The SSH server showed this fingerprint. Nothing has been sent to it yet.",
  compare:
    "Compare it with the one that whoever runs the server tells you, letter by letter. If it is another one, somebody may be standing in between.",
  scan: "This prints it on their side:",
  scanLabel: "Command that prints the fingerprint",
  copyScan: "Copy command",
  yes: "Yes, this is the server",
  no: "No",
  declinedTitle: "Then nothing is sent to it",
  declined:
    "Check the address and the port of the tunnel, and ask whoever runs the server. Until a key is accepted, Headgate stays away.",
  again: "Ask for its key again",
  known: "This is the server you accepted",
  knownText: "It showed the accepted key just now. With another one, nothing would be sent to it.",
  failedNext:
    "Check the address and the port of the SSH server (22 is usual), and that Headgate's machine may reach it.",
  retry: "Try again",
  done: "Done",
  later: "Do this later",
} as const;

export const changedKeyCopy = {
  title: "This is not the server that was accepted",
  text: "Its key has changed. That happens when a server is set up anew, and also when somebody stands in between to read along. Nothing was sent to it, and no flow gets through until this is settled.",
  both: "Fingerprints before and now",
  before: "Accepted before",
  now: "Shown now",
  next: "Ask whoever runs the server whether they changed its key, and compare the new fingerprint with theirs.",
  replace: "Replace the accepted key",
  replaceTitle: "Replace the accepted key",
  password: "Your Headgate password",
  passwordHint:
    "So that nobody else can vouch for a server from your screen. Every flow through this tunnel trusts the new key then.",
  passwordMissing: "Enter the password with which you sign in to Headgate.",
  confirm: "Accept the new key",
  cancel: "Cancel",
} as const;

export const tunnelListCopy = {
  title: "SSH tunnels",
  text: "Ways through an SSH server to databases that cannot be reached directly. One tunnel can serve several connections.",
  caption: "SSH tunnels",
  create: "New SSH tunnel",
  columns: { name: "Tunnel", server: "SSH server", key: "Key of the server", usedBy: "Used by", actions: "Actions" },
  noKey: "Not accepted yet",
  unused: "No connection",
  edit: "Change",
  keys: "Keys",
  remove: "Delete",
  describe: (action: string, name: string): string => `${action}: ${name}`,
  removeTitle: (name: string): string => `Delete “${name}”?`,
  removeLabel: "Delete tunnel",
  removeText: "Its key or password is deleted with it. Nothing happens on the SSH server.",
  inUseTitle: (name: string): string => `“${name}” is still in use`,
  inUse: (names: readonly string[]): string =>
    `It cannot be deleted while it is used by ${names.map((name) => `“${name}”`).join(", ")}. Let those connections take another way first.`,
  close: "Close",
} as const;
