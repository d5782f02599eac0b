import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

// OWASP's argon2id setting; measured 91 ms here. [R5]
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const saltBytes = 16;

/** Hashes in progress; each holds 19 MiB and a core, so that a flood of sign-ins must queue. [R5] */
const mostAtOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** Hashes a password as `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. Unicode is normalised, so that keyboards agree. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, cost);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Compares in constant time. Undefined stands for an unknown person and costs the same. [R6] */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const { salt, hash, ...parameters } = parse(stored ?? (await nobodysHash()));
  const derived = await derive(password, salt, { ...parameters, tagLength: hash.length });
  return timingSafeEqual(derived, hash) && stored !== undefined;
}

let nobody: Promise<string> | undefined;
function nobodysHash(): Promise<string> {
  nobody ??= hashPassword(randomBytes(24).toString("base64"));
  return nobody;
}

type Cost = { memory: number; passes: number; parallelism: number; tagLength: number };

async function derive(password: string, nonce: Buffer, parameters: Cost): Promise<Buffer> {
  // A slot is handed on rather than freed, so that a newcomer cannot slip in before those who wait.
  if (running < mostAtOnce) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      argon2("argon2id", { message: password.normalize("NFKC"), nonce, ...parameters }, (error, hash) =>
        error ? reject(error) : resolve(hash),
      );
    });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function parse(stored: string): Omit<Cost, "tagLength"> & { salt: Buffer; hash: Buffer } {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
  if (!parts) throw new Error("A stored password hash is not one of ours.");
  const [, memory, passes, parallelism, salt = "", hash = ""] = parts;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
