import { checkCodes, checkStages } from "@headgate/contract";
import { describe, expect, it } from "vitest";
import { connectionFormDefaults } from "../form/connection-form.ts";
import { eventsRules } from "../kinds/events/events-form.ts";
import { filesRules } from "../kinds/files/files-form.ts";
import { webhookRules } from "../kinds/webhook/webhook-form.ts";
import { guiltyField } from "./guilty-field.ts";

function pathsOf(value: object, prefix = ""): string[] {
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
    typeof part === "object" && part !== null ? pathsOf(part, `${prefix}${key}.`) : [prefix + key],
  );
}

describe("the field to blame for a failed check", () => {
  it.each([
    ["postgres", connectionFormDefaults(undefined)],
    ["events", eventsRules.defaults(undefined)],
    ["webhook", webhookRules.defaults(undefined)],
    ["files", filesRules.defaults(undefined)],
  ] as const)("is one of the form, whatever failed: %s", (kind, defaults) => {
    const fields = new Set(pathsOf(defaults));
    for (const stage of checkStages) {
      for (const code of checkCodes) expect(fields).toContain(guiltyField({ stage, code, facts: {} }, kind));
    }
  });

  it.each([
    ["passphrase_wrong", "secrets.clientKeyPassphrase"],
    ["mismatch", "secrets.clientKey"],
    ["certificate_unreadable", "settings.clientCertificate"],
  ])("of a client certificate depends on the reason: %s", (reason, field) => {
    expect(guiltyField({ stage: "tls", code: "tls_client_unreadable", facts: { reason } })).toBe(field);
  });

  it("of an Entra application is the answer Microsoft does not know", () => {
    const guilty = (code: "entra_unknown_tenant" | "entra_wrong_secret", facts = {}) =>
      guiltyField({ stage: "sign_in", code, facts });
    expect(guilty("entra_unknown_tenant")).toBe("settings.entra.tenantId");
    expect(guilty("entra_wrong_secret")).toBe("secrets.entraSecret");
  });
});
