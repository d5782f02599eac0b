import type { ValueRule } from "@headgate/contract";
import { Textarea, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { fieldId } from "../../../../../ui/field.ts";
import classes from "./column-options.module.css";
import { rulesCopy } from "./copy.ts";

type Props = {
  readonly label: string;
  /** The field of the answers that the rule is. */
  readonly name: string;
  readonly error: string | undefined;
  readonly rule: ValueRule;
  readonly onChange: (rule: ValueRule) => void;
};

/** What a kind of rule has to know. */
export function RuleFields({ label, name, error, rule, onChange }: Props): ReactElement | null {
  switch (rule.kind) {
    case "not_null":
      return null;
    case "range":
      return (
        <div className={classes.bounds}>
          <TextInput
            id={fieldId(`${name}.least`)}
            label={rulesCopy.least}
            error={error}
            aria-label={`${label}: ${rulesCopy.least}`}
            value={rule.least ?? ""}
            onChange={({ currentTarget: { value } }) => onChange({ ...rule, least: value || undefined })}
          />
          <TextInput
            id={fieldId(`${name}.most`)}
            label={rulesCopy.most}
            aria-label={`${label}: ${rulesCopy.most}`}
            value={rule.most ?? ""}
            onChange={({ currentTarget: { value } }) => onChange({ ...rule, most: value || undefined })}
          />
        </div>
      );
    case "pattern":
      return (
        <TextInput
          id={fieldId(`${name}.pattern`)}
          label={rulesCopy.pattern}
          error={error}
          description={rulesCopy.patternHint}
          aria-label={`${label}: ${rulesCopy.pattern}`}
          value={rule.pattern}
          onChange={({ currentTarget: { value } }) => onChange({ ...rule, pattern: value })}
        />
      );
    case "allowed":
      return (
        <Textarea
          id={fieldId(`${name}.values`)}
          label={rulesCopy.values}
          error={error}
          description={rulesCopy.valuesHint}
          aria-label={`${label}: ${rulesCopy.values}`}
          autosize
          minRows={2}
          value={rule.values.join("\n")}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...rule, values: value === "" ? [] : value.split("\n") })
          }
        />
      );
  }
}
