import { createHash, generateKeyPairSync } from "node:crypto";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import ssh2, { type AcceptConnection, type AuthContext, type ServerConfig } from "ssh2";

export type SshServerOptions = {
  readonly user?: string;
  readonly password?: string;
  /** Lines as in `authorized_keys`, without options. */
  readonly authorizedKeys?: readonly string[];
  /** Where it may lead to; absent: anywhere. */
  readonly mayForward?: (target: { readonly host: string; readonly port: number }) => boolean;
  /** Asks for the password by keyboard-interactive only. */
  readonly interactive?: boolean;
  readonly algorithms?: NonNullable<ServerConfig["algorithms"]>;
  readonly banner?: string;
  /** PEM text; absent: a new RSA key. */
  readonly hostKey?: string;
  readonly port?: number;
};

export type SshServer = {
  readonly host: string;
  readonly port: number;
  /** Of the key it has now, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** Shows a new key from now on, as after a reinstallation. */
  readonly changeHostKey: () => void;
  /** Every credential anybody offered, `password:…` or `key:…`, in order. */
  readonly offered: readonly string[];
  /** How many clients signed in so far. */
  readonly signedIn: () => number;
  /** How many are connected now. */
  readonly clients: () => number;
  /** How many ways were opened so far. */
  readonly forwarded: () => number;
  /** Closes every line as a crash would. */
  readonly cut: () => void;
  close(): Promise<void>;
};

/** A real SSH server on 127.0.0.1 that forwards ports and does nothing else. */
export async function startSshServer(options: SshServerOptions = {}): Promise<SshServer> {
  const offered: string[] = [];
  const sockets = new Set<Socket>();
  const counts = { signedIn: 0, forwarded: 0, clients: 0 };
  const speakAs = (hostKey: string) => {
    const config: ServerConfig = {
      hostKeys: [hostKey],
      ...(options.algorithms && { algorithms: options.algorithms }),
      ...(options.banner !== undefined && { banner: options.banner }),
    };
    const speaker = new ssh2.Server(config, (client) => {
      counts.clients += 1;
      client
        .on("error", () => {})
        .on("close", () => void (counts.clients -= 1))
        .on("authentication", (context) => authenticate(context, options, offered))
        .on("ready", () => void (counts.signedIn += 1))
        .on("tcpip", (accept, reject, { destIP: host, destPort: port }) => {
          if (options.mayForward?.({ host, port }) === false) return reject();
          counts.forwarded += 1;
          return lead({ host, port }, accept, reject, sockets);
        });
    });
    speaker.on("error", () => {});
    return { speaker, fingerprint: fingerprintOf(hostKey) };
  };
  let current = speakAs(options.hostKey ?? makeHostKey());
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    current.speaker.injectSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    host: "127.0.0.1",
    port,
    get fingerprint() {
      return current.fingerprint;
    },
    changeHostKey: () => void (current = speakAs(makeHostKey())),
    offered,
    signedIn: () => counts.signedIn,
    clients: () => counts.clients,
    forwarded: () => counts.forwarded,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

/** An RSA host key in a form ssh2 reads. */
export function makeHostKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs1", format: "pem" }).toString();
}

export function fingerprintOf(privateKey: string): string {
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  return `SHA256:${createHash("sha256").update(parsed.getPublicSSH()).digest("base64").replace(/=+$/, "")}`;
}

function authenticate(context: AuthContext, options: SshServerOptions, offered: string[]): void {
  const right = context.username === (options.user ?? "tunnel");
  const answer = (accepted: boolean): void =>
    accepted
      ? context.accept()
      : context.reject(options.interactive ? ["keyboard-interactive"] : ["password", "publickey"]);
  if (context.method === "password") {
    offered.push(`password:${context.password}`);
    return answer(right && !options.interactive && context.password === options.password);
  }
  if (context.method === "keyboard-interactive") {
    return context.prompt([{ prompt: "Password: ", echo: false }], ([given]) => {
      offered.push(`password:${given ?? ""}`);
      answer(right && given === options.password);
    });
  }
  if (context.method === "publickey") {
    offered.push(`key:${context.key.algo}`);
    return answer(right && isAuthorized(context, options.authorizedKeys ?? []));
  }
  return answer(false);
}

function isAuthorized(context: Extract<AuthContext, { method: "publickey" }>, lines: readonly string[]): boolean {
  return lines.some((line) => {
    const allowed = ssh2.utils.parseKey(line);
    if (allowed instanceof Error || !allowed.getPublicSSH().equals(context.key.data)) return false;
    // Without a signature the client only asks whether this key would do.
    if (!context.signature || !context.blob) return true;
    return allowed.verify(context.blob, context.signature, context.hashAlgo) === true;
  });
}

function lead(
  { host, port }: { readonly host: string; readonly port: number },
  accept: AcceptConnection,
  reject: () => void,
  sockets: Set<Socket>,
): void {
  const onward = connect(port, host);
  sockets.add(onward);
  onward.once("error", () => reject());
  onward.once("connect", () => {
    onward.removeAllListeners("error").on("error", () => {});
    const channel = accept();
    channel.on("error", () => {}).on("close", () => onward.destroy());
    onward.on("close", () => channel.destroy());
    channel.pipe(onward).pipe(channel);
  });
}
