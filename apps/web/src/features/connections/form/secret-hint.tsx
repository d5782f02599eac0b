import type { PostgresConnection } from "@headgate/contract";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { useFormValues } from "../../../ui/use-form-values.ts";
import type { ChoiceForm } from "./connection-choice.ts";
import { formCopy } from "./copy.ts";
import type { Asks } from "./paste/fill-from-pasted.ts";
import { secretsAskedAgain, type PostgresSecretField } from "./secrets-in-use.ts";
import classes from "./connection-fields.module.css";

type Props = {
  readonly field: PostgresSecretField;
  /** What to say while nothing is stored and nothing special happened. */
  readonly fresh: string;
  readonly saved: PostgresConnection | undefined;
  readonly resumed: boolean;
  readonly asks: Asks;
  /** The key it opens is being replaced, so that the stored one no longer counts. */
  readonly replaced?: boolean;
};

/** Why a secret is asked for: the pasted text did not hold it, it has to be entered again, or it is stored. */
export function SecretHint({ field, fresh, saved, resumed, asks, replaced = false }: Props): ReactElement {
  const form = useFormValues(useFormContext<ChoiceForm>());
  const ask = (asks as Partial<Record<PostgresSecretField, string>>)[field];
  if (ask && form.secrets[field] === "") return <span className={classes.ask}>{ask}</span>;
  if (secretsAskedAgain(saved, form).some((again) => again === field)) return <>{formCopy.secretAgain}</>;
  if (saved?.secrets[field].set && !replaced) return <>{formCopy.secretSaved}</>;
  return <>{resumed && form.secrets[field] === "" ? formCopy.secretLost : fresh}</>;
}
