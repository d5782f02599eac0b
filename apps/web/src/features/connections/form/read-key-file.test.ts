import { describe, expect, it } from "vitest";
import { readCertificateFile, readIdentityFile, readKeyFile } from "./read-key-file.ts";

const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
/** The first bytes of each structure: a sequence that begins with a sequence, or with its version. */
const certificate = [0x30, 0x82, 0x01, 0x0a, 0x30, 0x82, 0x00, 0xf4];
const pfx = [0x30, 0x82, 0x01, 0x0a, 0x02, 0x01, 0x03, 0x30];
const key = [0x30, 0x82, 0x01, 0x0a, 0x02, 0x01, 0x00, 0x30];

function file(bytes: readonly number[] | string): File {
  return new File([typeof bytes === "string" ? bytes : new Uint8Array(bytes)], "file");
}

describe("a file of a certificate or a key", () => {
  it("in PEM form is taken as it is", async () => {
    for (const read of [readCertificateFile, readKeyFile, readIdentityFile]) {
      expect(await read(file(pem))).toEqual({ text: pem });
    }
  });

  it("turns a certificate's bytes into PEM text [B99]", async () => {
    const reading = await readCertificateFile(file(certificate));
    expect(reading).toEqual({
      text: `-----BEGIN CERTIFICATE-----\n${btoa(String.fromCharCode(...certificate))}\n-----END CERTIFICATE-----\n`,
    });
  });

  it("takes a PFX file in Base64 where it may hold both, and explains it elsewhere", async () => {
    expect(await readIdentityFile(file(pfx))).toEqual({ text: btoa(String.fromCharCode(...pfx)) });
    for (const read of [readCertificateFile, readKeyFile]) {
      expect(await read(file(pfx))).toEqual({ fault: expect.stringContaining("PFX") });
    }
  });

  it.each([
    ["a key in place of a certificate [B100]", readCertificateFile, key, "private key"],
    ["a binary key", readKeyFile, key, "binary"],
    ["a certificate without its key", readIdentityFile, certificate, "alone"],
    ["something else [B97]", readCertificateFile, [0x50, 0x4b, 0x03, 0x04], "no certificate"],
    ["something else in place of a key", readKeyFile, [], "no private key"],
  ])("says what is wrong: %s", async (_, read, bytes, words) => {
    expect(await read(file(bytes))).toEqual({ fault: expect.stringContaining(words) });
  });

  it.each([
    ["a certificate of more than one megabyte [B103]", readCertificateFile, 1_000_001],
    ["a key of more than 100 kB", readKeyFile, 100_001],
    ["a PFX file whose Base64 would be too long", readIdentityFile, 75_001],
  ])("is refused when it is %s", async (_, read, size) => {
    expect(await read(file("a".repeat(size)))).toEqual({ fault: expect.stringContaining("too large") });
  });
});
