import { expect, it } from "vitest";
import { fingerprintCommand, keyMessage } from "./admin-texts.ts";

it("the command names server and port", () => {
  expect(fingerprintCommand({ host: "bastion.example.com", port: 2222 })).toBe(
    "ssh-keyscan -p 2222 bastion.example.com | ssh-keygen -lf -",
  );
  expect(fingerprintCommand({ host: "[fd00::7]", port: 22 })).toBe("ssh-keyscan -p 22 fd00::7 | ssh-keygen -lf -");
});

it("an address cannot become a second command", () => {
  expect(fingerprintCommand({ host: "a';reboot;'", port: 22 })).toBe(
    String.raw`ssh-keyscan -p 22 'a'\'';reboot;'\''' | ssh-keygen -lf -`,
  );
});

it("the message asks for the line and for the fingerprint", () => {
  const message = keyMessage({ host: "bastion.example.com", port: 22, user: "reader" }, "restrict ssh-ed25519 AAAA");
  expect(message).toContain("  restrict ssh-ed25519 AAAA\n");
  expect(message).toContain("ssh-keyscan -p 22 bastion.example.com");
  expect(message).toContain("User:   reader");
});
