import { tlsModes } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { defaultTlsMode, tlsChoices } from "./tls-choices.ts";

describe("encryption choices", () => {
  it("offer every mode of the contract once", () => {
    expect(tlsChoices.map((choice) => choice.mode).toSorted()).toEqual([...tlsModes].toSorted());
  });

  it.each(["db.example.com", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "example.com.", ""])(
    "check the server's name at the public address %j",
    (host) => expect(defaultTlsMode(host)).toBe("verify-full"),
  );

  it.each([
    "localhost",
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.1",
    "192.168.1.4",
    "100.64.0.1",
    "[::1]",
    "fd12:3456::1",
    "fe80::1",
    "postgres",
    "db.internal",
    "NAS.local",
    "db.localhost.",
  ])("encrypt if possible at the private address %j", (host) => expect(defaultTlsMode(host)).toBe("prefer"));
});
