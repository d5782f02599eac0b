import { expect, it } from "vitest";
import { bodyTemplateFault } from "./body-template.ts";
import { eventsSettingsSchema, webhookSettingsSchema } from "./destinations.ts";
import { headerFault, httpAddressFault } from "./http-address.ts";

it.each([
  ["", "Enter the address", ""],
  ["ftp://files.example.com", "begins with https:// or http://", "[B200]"],
  ["file:///etc/passwd", "begins with https:// or http://", "[B200]"],
  ["javascript:alert(1)", "begins with https:// or http://", "[B200]"],
  ["https:events.example.com", "begins with https:// or http://", ""],
  ["https://user:hunter2@events.example.com", "Move the user name and password to the secret field", "[B201]"],
  ["https://token@events.example.com", "secret field", "[B201]"],
  ["https://events.example.com/\r\nX-Evil: 1", "spaces or line breaks", "[B202]"],
  ["https://exa mple.com", "spaces or line breaks", ""],
  ["https://events.example.com/#part", "Leave out the #", ""],
  ["https://events.example.com:99999/", "check it for typing errors", ""],
  [`https://events.example.com/${"a".repeat(2000)}`, "too long", ""],
])("refuses the web address %j with a sentence of its own %s %s", (address, sentence) => {
  const fault = httpAddressFault(address);
  expect(fault).toContain(sentence);
  expect(fault).not.toContain("hunter2");
});

it.each(["https://events.example.com", "http://127.0.0.1:8080/v1?a=1", "https://[::1]:8443/", "HTTPS://Example.com/a"])(
  "accepts the web address %s",
  (address) => {
    expect(httpAddressFault(address)).toBeUndefined();
  },
);

it.each([
  ["X-Evil\r\nHost", "x", "no spaces, colons or line breaks", "[B202]"],
  ["X-Good", "a\r\nX-Evil: 1", "cannot contain line breaks", "[B202]"],
  ["Host", "elsewhere.example", "sets the header Host itself", "[B203]"],
  ["Content-Length", "3", "sets the header Content-Length itself", "[B203]"],
  ["transfer-encoding", "chunked", "sets the header transfer-encoding itself", "[B203]"],
  ["Authorization", "Bearer x", "secret field", ""],
  ["X-Name", "Zoë", "plain characters", ""],
  ["", "x", "letters, digits and hyphens", ""],
])("refuses the header %j: %j with a sentence of its own %s %s", (name, value, sentence) => {
  expect(headerFault(name, value)).toContain(sentence);
  const settings = { url: "https://a.example", headers: [{ name, value }] };
  expect(webhookSettingsSchema.safeParse(settings).error?.issues[0]?.path.slice(0, 2)).toEqual(["headers", 0]);
});

it("refuses a header that is there twice", () => {
  const headers = [
    { name: "X-Team", value: "a" },
    { name: "x-team", value: "b" },
  ];
  const issues = webhookSettingsSchema.safeParse({ url: "https://a.example", headers }).error?.issues;
  expect(issues).toMatchObject([{ path: ["headers", 1], message: "This header is there twice." }]);
});

it.each([
  ['{"items": {{rows}}, "count": {{ count }}, "from": {{flow}}, "run": {{run}}}', 100, "fine"],
  ["{{row}}", 1, "fine"],
  ["{{row}}", 2, "one row per message"],
  ['{"items": "{{rows}}"}', 100, "fine"],
  ['{"items": {{rows}}', 100, "not JSON"],
  ['{"items": {{lines}}}', 100, "{{lines}} is not known"],
  ['{"items": {{constructor}}}', 100, "{{constructor}} is not known"],
  ['{"items": []}', 100, "Add {{rows}}"],
])("judges the body %j for %i rows a message", (template, batchSize, sentence) => {
  expect(bodyTemplateFault(template, batchSize) ?? "fine").toContain(sentence);
});

it("fills in what most people want for an event API", () => {
  const settings = { dialect: "segment", dataPlaneUrl: "https://api.segment.io" };
  expect(eventsSettingsSchema.parse(settings)).toMatchObject({ lanes: 4, gzip: true });
  expect(eventsSettingsSchema.safeParse({ ...settings, lanes: 17 }).success).toBe(false);
  expect(eventsSettingsSchema.safeParse({ ...settings, writeKey: "x" }).success).toBe(false);
});
