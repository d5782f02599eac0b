import type { PostgresConnection, TypedConnection } from "@headgate/contract";
import type { Resolver } from "react-hook-form";
import { z } from "zod";
import { worked } from "../last-test.ts";
import { connectionFormDefaults, connectionFormSchema, typedConnection } from "./connection-form.ts";
import { formCopy } from "./copy.ts";
import { judgeConnection } from "./judge-connection.ts";
import { resolveWith } from "./resolve-with.ts";

/** What a draft holds of a choice between saved connections and a new one. */
export type TypedChoice = {
  readonly choice?: "saved" | "new" | undefined;
  readonly connectionId?: string | undefined;
  readonly form?: TypedConnection | undefined;
};

const newSchema = z.object({ selection: z.string(), editing: z.boolean(), ...connectionFormSchema.shape });
const savedSchema = newSchema.extend({
  selection: z.string().min(1, { error: formCopy.notChosen }),
  signIn: z.unknown(),
  settings: z.unknown(),
  secrets: z.unknown(),
  entraSecretExpires: z.unknown(),
  name: z.unknown(),
});

/** `selection` is a connection's id, `new`, or empty; the details count for a new one and while one is edited. */
export type ChoiceForm = z.input<typeof newSchema>;
export type CheckedChoice = z.output<typeof newSchema>;

export function detailsCount({ selection, editing }: Pick<ChoiceForm, "selection" | "editing">): boolean {
  return selection === "new" || (selection !== "" && editing);
}

/** Starts where the person left: with their choice, and with the form open while its details do not work yet. */
export function choiceDefaults(
  typed: TypedChoice,
  connections: readonly PostgresConnection[],
  openForm: boolean,
): ChoiceForm {
  const chosen = connections.find((connection) => connection.id === typed.connectionId);
  if (chosen) {
    const editing = openForm || typed.form !== undefined || (typed.choice === "new" && !worked(chosen));
    return { selection: chosen.id, editing, ...connectionFormDefaults(typed.form, chosen) };
  }
  const selection = typed.choice === "new" || connections.length === 0 ? "new" : "";
  return { selection, editing: false, ...connectionFormDefaults(typed.form) };
}

/** The connections with the one that was chosen when the page opened on top. */
export function withFirst(
  connections: readonly PostgresConnection[],
  first: string | undefined,
): readonly PostgresConnection[] {
  return connections.toSorted((a, b) => Number(b.id === first) - Number(a.id === first));
}

/** What the draft keeps of the form while it is being filled in. */
export function typedChoice(form: ChoiceForm): {
  choice?: "saved" | "new";
  connectionId?: string;
  form?: TypedConnection;
} {
  const details = detailsCount(form) ? { form: typedConnection(form) } : {};
  if (form.selection === "new") return { choice: "new", ...details };
  return form.selection === "" ? {} : { choice: "saved", connectionId: form.selection, ...details };
}

/** Judges the details only where they count, and asks for a stored secret again where it may not travel (R24). */
export function choiceResolver(
  connections: readonly PostgresConnection[],
): Resolver<ChoiceForm, unknown, CheckedChoice> {
  return (values) => {
    if (!detailsCount(values)) return resolveWith(savedSchema as unknown as typeof newSchema, values, () => []);
    const edited = connections.find((connection) => connection.id === values.selection);
    return resolveWith(newSchema, values, (form) => judgeConnection(form, edited));
  };
}
