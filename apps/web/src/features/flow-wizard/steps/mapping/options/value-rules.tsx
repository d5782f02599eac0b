import type { Draft, RuleEffect, ValueRule } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { Button, NativeSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { fieldId } from "../../../../../ui/field.ts";
import { SectionCard } from "../../../../../ui/section-card.tsx";
import type { MappingChange, MappingRow } from "../mapping-rows.ts";
import classes from "./column-options.module.css";
import { effectWords, ruleWords, rulesCopy } from "./copy.ts";
import { RuleFields } from "./rule-fields.tsx";

type Props = {
  readonly draft: Draft;
  readonly rows: readonly MappingRow[];
  /** What is wrong with a rule of a column that is sent, by the position of both. */
  readonly faultOf: (position: number, rule: number) => string | undefined;
  readonly onChange: (change: MappingChange) => void;
};

const emptyRules: Readonly<Record<ValueRule["kind"], (effect: RuleEffect) => ValueRule>> = {
  not_null: (effect) => ({ kind: "not_null", effect }),
  range: (effect) => ({ kind: "range", effect }),
  pattern: (effect) => ({ kind: "pattern", pattern: "", effect }),
  allowed: (effect) => ({ kind: "allowed", values: [], effect }),
};

/** Rules that the values of single columns keep, and what becomes of a row or the run when one is broken. */
export function ValueRules({ draft, rows, faultOf, onChange }: Props): ReactElement | null {
  const { kind = "postgres", writeMode } = draft.steps.destination ?? {};
  if (kind !== "postgres" || writeMode === undefined) return null;
  const effects = (["set_aside", "stop", "warn"] as const).filter(
    (effect) => effect !== "set_aside" || writeModeRules[writeMode].setsAside,
  );
  const sent = rows.filter((row) => row.send);
  const first = effects[0] ?? "stop";
  const change = (source: string, rules: readonly ValueRule[]): void => onChange({ type: "rules", source, rules });

  return (
    <SectionCard title={rulesCopy.title} description={rulesCopy.intro}>
      <ul className={classes.list}>
        {sent.flatMap(({ source, rules = [] }, position) =>
          rules.map((rule, index) => {
            const replace = (next: ValueRule): void => change(source, rules.with(index, next));
            const label = rulesCopy.rule(source, index + 1);
            const name = `fields.${position}.rules.${index}`;
            const error = faultOf(position, index);
            return (
              <li key={`${source} ${index}`} className={classes.rule}>
                <NativeSelect
                  id={fieldId(index === 0 ? `fields.${position}.rules` : name)}
                  label={label}
                  error={rule.kind === "not_null" && error}
                  value={rule.kind}
                  onChange={({ currentTarget: { value } }) =>
                    replace(emptyRules[value as ValueRule["kind"]](rule.effect))
                  }
                  data={Object.entries(ruleWords).map(([value, words]) => ({ value, label: words }))}
                />
                <RuleFields {...{ label, name, error, rule }} onChange={replace} />
                <NativeSelect
                  label={rulesCopy.effect}
                  value={rule.effect}
                  onChange={({ currentTarget: { value } }) => replace({ ...rule, effect: value as RuleEffect })}
                  data={effects.map((value) => ({ value, label: effectWords[value] }))}
                />
                <Button
                  variant="default"
                  size="sm"
                  aria-label={rulesCopy.removeLabel(label)}
                  onClick={() => change(source, rules.toSpliced(index, 1))}
                >
                  {rulesCopy.remove}
                </Button>
              </li>
            );
          }),
        )}
      </ul>
      <NativeSelect
        label={rulesCopy.add}
        value=""
        onChange={({ currentTarget: { value } }) => {
          const rules = rows.find(({ source }) => source === value)?.rules ?? [];
          change(value, [...rules, emptyRules.not_null(first)]);
        }}
        data={[{ value: "", label: rulesCopy.choose }, ...sent.map(({ source }) => source)]}
      />
    </SectionCard>
  );
}
