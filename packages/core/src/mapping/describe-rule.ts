import type { ValueRule } from "@headgate/contract";

/** What a rule asks of a value, for example `at least 0 and at most 5`. */
export function describeRule(rule: ValueRule): string {
  switch (rule.kind) {
    case "not_null":
      return "not empty";
    case "range":
      return [
        rule.least === undefined ? [] : [`at least ${rule.least}`],
        rule.most === undefined ? [] : [`at most ${rule.most}`],
      ]
        .flat()
        .join(" and ");
    case "pattern":
      return `like ${rule.pattern}`;
    case "allowed":
      return `one of ${rule.values.slice(0, shownValues).join(", ")}${rule.values.length > shownValues ? ", …" : ""}`;
  }
}

const shownValues = 5;
