import type { FieldMapping, RuleEffect, ValueRule } from "@headgate/contract";
import { describeRule } from "@headgate/core";
import { escapeLiteral } from "pg";
import { ident } from "../../identifiers.ts";

export type CompiledRule = {
  /** At the source. */
  readonly column: string;
  readonly words: string;
  readonly effect: RuleEffect;
  /** True for a row that breaks it, and never NULL. */
  readonly broken: string;
};

/** The rules of the columns that travel, as conditions on rows of the source. */
export function compileRules(fields: readonly FieldMapping[]): CompiledRule[] {
  return fields.flatMap(({ source, rules = [] }) =>
    rules.map((rule) => ({
      column: source,
      words: describeRule(rule),
      effect: rule.effect,
      broken: brokenSql(ident(source), rule),
    })),
  );
}

function brokenSql(column: string, rule: ValueRule): string {
  switch (rule.kind) {
    case "not_null":
      return `(${column} is null)`;
    case "range": {
      const under = rule.least === undefined ? [] : [`${column} < ${escapeLiteral(rule.least)}`];
      const over = rule.most === undefined ? [] : [`${column} > ${escapeLiteral(rule.most)}`];
      return `coalesce(${[...under, ...over].join(" or ")}, false)`;
    }
    case "pattern":
      return `coalesce(${column}::text !~ ${escapeLiteral(rule.pattern)}, false)`;
    case "allowed":
      return `coalesce(${column}::text not in (${rule.values.map((value) => escapeLiteral(value)).join(", ")}), false)`;
  }
}
