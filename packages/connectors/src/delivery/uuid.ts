import { hash } from "node:crypto";
import { createByteWriter, reserve, type ByteWriter } from "../json/byte-writer.ts";

/** Makes version 5 UUIDs (RFC 9562) in one namespace, itself a UUID: the same for the same name. */
export type UuidMaker = {
  /** Where the next name is to be written. */
  begin(): ByteWriter;
  /** Writes the id of that name. */
  end(out: ByteWriter): void;
};

/** Bytes of a UUID as it is written. */
export const uuidLength = 36;

const namespaceBytes = 16;
const hyphen = 45;
const hexDigits = Buffer.from("0123456789abcdef");

export function createUuidMaker(namespace: string): UuidMaker {
  const name = createByteWriter(1024);
  name.bytes.write(namespace.replaceAll("-", ""), "hex");
  return {
    begin: () => {
      name.at = namespaceBytes;
      return name;
    },
    end: (out) => {
      // As "binary", a character a byte, a digest comes fastest: 0.3 µs, as hexadecimal 0.45, as a buffer 1.6.
      const digest = hash("sha1", name.bytes.subarray(0, name.at), "binary");
      reserve(out, uuidLength);
      for (let place = 0; place < namespaceBytes; place += 1) {
        if (place === 4 || place === 6 || place === 8 || place === 10) out.bytes[out.at++] = hyphen;
        putHex(out, asVersion5(digest.charCodeAt(place), place));
      }
    },
  };
}

/** The version stands in the seventh byte, the variant in the ninth. */
function asVersion5(byte: number, place: number): number {
  if (place === 6) return (byte & 0x0f) | 0x50;
  return place === 8 ? (byte & 0x3f) | 0x80 : byte;
}

function putHex(out: ByteWriter, byte: number): void {
  out.bytes[out.at++] = hexDigits[byte >> 4] ?? 0;
  out.bytes[out.at++] = hexDigits[byte & 15] ?? 0;
}
