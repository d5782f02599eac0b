import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { sessionQuery } from "../../../../lib/session-query.ts";
import { Fold } from "../../../../ui/fold.tsx";
import { TextField } from "../../../../ui/text-field.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { ownSqlCopy } from "./copy.ts";
import type { DestinationForm } from "./destination-form.ts";
import classes from "./destination.module.css";

/** Statements that run with the rows, in their transaction. Admins write them; everybody else sees what there is. */
export function OwnSqlFields(): ReactElement {
  const form = useFormContext<DestinationForm>();
  const { sqlBefore, sqlAfter } = useFormValues(form);
  const { errors } = form.formState;
  // Whoever is here has signed in, so it is known already.
  const session = useQuery({ ...sessionQuery(), enabled: false });
  const isAdmin = session.data?.role === "admin";
  const some = sqlBefore !== "" || sqlAfter !== "";
  return (
    <Fold
      title={ownSqlCopy.title}
      hint={some ? ownSqlCopy.some : ownSqlCopy.none}
      faulty={errors.sqlBefore !== undefined || errors.sqlAfter !== undefined}
    >
      <div className={classes.stack}>
        <p className={classes.note}>{ownSqlCopy.intro}</p>
        {!isAdmin && <p className={classes.note}>{ownSqlCopy.adminsOnly}</p>}
        {(isAdmin || sqlBefore !== "") && <OwnSqlField name="sqlBefore" readOnly={!isAdmin} />}
        {(isAdmin || sqlAfter !== "") && <OwnSqlField name="sqlAfter" readOnly={!isAdmin} />}
      </div>
    </Fold>
  );
}

type FieldProps = { readonly name: "sqlBefore" | "sqlAfter"; readonly readOnly: boolean };

function OwnSqlField({ name, readOnly }: FieldProps): ReactElement {
  const form = useFormContext<DestinationForm>();
  const { label, hint } = ownSqlCopy[name];
  return (
    <TextField
      control={form.control}
      name={name}
      label={label}
      hint={readOnly ? undefined : hint}
      rows={4}
      readOnly={readOnly}
      verbatim
    />
  );
}
