import { expect, it } from "vitest";
import { fileNameFault, filePathFault, filesSettingsSchema } from "./file-settings.ts";

it.each([
  ["../etc", "needs a name"],
  ["a/../../b", "needs a name"],
  ["/etc", "needs a name"],
  ["a//b", "needs a name"],
  [".ssh", "needs a name"],
  ["a\\b", "Leave out"],
  ["a\0b", "Leave out"],
  ["a\nb", "Leave out"],
  ["C:/x", "Leave out"],
  ["é".repeat(101), "too long"],
])("refuses the path %j", (text, sentence) => {
  expect(filePathFault(text)).toContain(sentence);
});

it.each([
  ["{flow}-{date}-{time}", "fine"],
  ["{date}/{table}-{run}", "fine"],
  ["export", "Add {run}"],
  ["{date}", "Add {run}"],
  ["{run}-{hour}", "{hour} is not known"],
  ["{run}}", "only around a placeholder"],
  ["../{run}", "needs a name"],
])("judges the name %j", (template, sentence) => {
  expect(fileNameFault(template) ?? "fine").toContain(sentence);
});

it("fills in what most people want for a file", () => {
  expect(filesSettingsSchema.parse({ place: "folder", folder: "shop/daily", format: "csv" })).toMatchObject({
    nameTemplate: "{flow}-{date}-{time}-{run}",
    compression: "none",
    csv: { delimiter: ",", header: true, lineEnd: "crlf", nullText: "", guardFormulas: false, byteOrderMark: false },
  });
});
