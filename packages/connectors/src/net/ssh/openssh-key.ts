import { generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";

export type OpensshKeyPair = { readonly privateKey: string; readonly publicKey: string };

/** A new Ed25519 pair in the forms of OpenSSH; the comment ends up in `authorized_keys`. */
export function makeSshKeyPair(comment = "headgate"): OpensshKeyPair {
  return opensshEd25519(generateKeyPairSync("ed25519").privateKey, comment);
}

/** Writes an Ed25519 key as `openssh-key-v1`, unencrypted (PROTOCOL.key of OpenSSH), and its public half as a line. */
export function opensshEd25519(key: KeyObject, comment = ""): OpensshKeyPair {
  const { d = "", x = "" } = key.export({ format: "jwk" });
  const seed = Buffer.from(d, "base64url");
  const point = Buffer.from(x, "base64url");
  const type = field("ssh-ed25519");
  const publicBlob = Buffer.concat([type, field(point)]);
  const check = randomBytes(4);
  const inner = Buffer.concat([check, check, type, field(point), field(Buffer.concat([seed, point])), field(comment)]);
  const padding = Buffer.from(Array.from({ length: (8 - (inner.length % 8)) % 8 }, (_, index) => index + 1));
  const body = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    field("none"),
    field("none"),
    field(""),
    uint32(1),
    field(publicBlob),
    field(Buffer.concat([inner, padding])),
  ]);
  const lines = body.toString("base64").match(/.{1,70}/g) ?? [];
  return {
    privateKey: ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join("\n"),
    publicKey: ["ssh-ed25519", publicBlob.toString("base64"), ...(comment ? [comment] : [])].join(" "),
  };
}

function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
