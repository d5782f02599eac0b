import type { RejectedRow, RunNote } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { idents } from "../../identifiers.ts";
import { serverWords } from "../../server-words.ts";
import { alone, type Session } from "../../session.ts";
import type { ColumnPlan, MovePlan } from "../column-plan.ts";
import { ownFault } from "../run-failures.ts";
import { compileRules, type CompiledRule } from "./rule-sql.ts";

/** Rows that are listed by their keys; all of them are counted. */
export const mostListed = 1_000;

/** A pattern can take long, however the server tries; then the run ends instead of the server. In milliseconds. */
const patience = 300_000;

export type Checked = {
  /** Rows that stay behind. */
  readonly invalid: number;
  /** The first of them. */
  readonly rows: readonly RejectedRow[];
};

export type RuleCheck = {
  /** Whether a broken rule may end the run, so that nothing of it may be there before all rows were looked at. */
  readonly mayStop: boolean;
  /** The condition on rows with those left out that stay behind. */
  readonly keep: (where: string | undefined) => string | undefined;
  /** Looks at the rows of a part in the snapshot that is open. Throws `rule_broken` where the rule says so. */
  readonly look: (part: object, where: string | undefined) => Promise<Checked>;
  /** What all parts so far are to be warned of. */
  readonly notes: () => RunNote[];
};

type Order = {
  readonly source: Session;
  readonly plan: MovePlan;
  readonly columns: ColumnPlan;
  /** What stands after FROM. */
  readonly from: string;
};

/** Undefined where no column has a rule. Where a row that is left out would count as deleted, a rule can only stop. */
export function openRuleCheck({ source, plan, columns, from }: Order): RuleCheck | undefined {
  const leavesOut = writeModeRules[plan.writeMode].setsAside;
  const rules = compileRules(plan.fields).map((rule): CompiledRule =>
    rule.effect === "set_aside" && !leavesOut ? { ...rule, effect: "stop" } : rule,
  );
  if (rules.length === 0) return undefined;
  const aside = rules.filter(({ effect }) => effect === "set_aside");
  const stays = aside.map(({ broken }) => broken).join(" or ");
  /** By part, because a part may be looked at again. */
  const warned = new Map<object, Map<string, number>>();
  const ask = async <Row extends object>(text: string): Promise<Row[]> => {
    const { rows } = await source.client.query<Row & Record<string, unknown>>({ text, ...alone });
    return rows;
  };

  const list = async (where: string | undefined): Promise<RejectedRow[]> => {
    const which = aside.map(({ broken }, index) => `when ${broken} then ${index}`).join(" ");
    const found = await ask<{ key: string; rule: number }>(
      `select ${keyText(columns)} as key, case ${which} end as rule from ${from}
        where ${both(where, `(${stays})`)} limit ${mostListed}`,
    );
    return found.flatMap(({ key, rule }) => {
      const broken = aside[rule];
      if (!broken) return [];
      return [{ key, column: broken.column, constraint: broken.words, code: "rule_broken" as const }];
    });
  };

  return {
    mayStop: rules.some(({ effect }) => effect === "stop"),
    keep: (where) => (stays === "" ? where : both(where, `not (${stays})`)),
    look: async (part, where) => {
      const warnings = new Map<string, number>();
      warned.set(part, warnings);
      await source.execute(`set local statement_timeout = ${patience}`);
      const counts = rules.map(({ broken }, index) => `count(*) filter (where ${broken})::text as "rule_${index}"`);
      const staying = stays === "" ? "0" : `count(*) filter (where ${stays})`;
      const [row = {}] = await ask<Record<string, string>>(
        `select ${counts.join(", ")}, (${staying})::text as invalid from ${from}${where ? ` where ${where}` : ""}`,
      );
      for (const [index, rule] of rules.entries()) {
        const rows = Number(row[`rule_${index}`] ?? 0);
        if (rows > 0 && rule.effect === "stop") throw ruleBroken(rule, rows);
        if (rows > 0 && rule.effect === "warn") warnings.set(rule.column, (warnings.get(rule.column) ?? 0) + rows);
      }
      const invalid = Number(row.invalid ?? 0);
      const rows = invalid > 0 ? await list(where) : [];
      await source.execute("set local statement_timeout = 0");
      return { invalid, rows };
    },
    notes: () => {
      const rows = new Map<string, number>();
      for (const warnings of warned.values())
        for (const [column, broken] of warnings) rows.set(column, (rows.get(column) ?? 0) + broken);
      return [...rows].map(([column, broken]) => ({
        code: "rule_broken",
        side: "source",
        columns: [column],
        rows: broken,
      }));
    },
  };
}

function both(where: string | undefined, other: string): string {
  return where === undefined ? other : `(${where}) and ${other}`;
}

/** The key, or the beginning of all values where the flow has none, as PostgreSQL writes a row. */
function keyText({ sourceColumns, columns, syncKey }: ColumnPlan): string {
  if (syncKey.length > 0) {
    const names = syncKey.map((name) => sourceColumns[columns.indexOf(name)] ?? name);
    return `row(${idents(names)})::text`;
  }
  return `row(${sourceColumns.map((name) => `left(${idents([name])}::text, 200)`).join(", ")})::text`;
}

function ruleBroken({ column, words }: CompiledRule, rows: number): Error {
  const facts = { column: serverWords(column), constraint: serverWords(words), rows: String(rows) };
  return ownFault("source", { code: "rule_broken", kind: "settings" }, facts);
}
