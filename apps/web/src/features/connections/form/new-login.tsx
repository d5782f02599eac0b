import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { LoginHelper } from "../grants/login-helper.tsx";
import type { ChoiceForm } from "./connection-choice.ts";

/** The script for a login that does not exist yet; must stand inside a form provider, whose answers it takes and gives. */
export function NewLogin({ role }: { readonly role: "source" | "destination" }): ReactElement {
  const form = useFormContext<ChoiceForm>();
  return (
    <LoginHelper
      role={role}
      typed={() => {
        const { host, port, database, user } = form.getValues("settings");
        return { host, port: String(port), database, user };
      }}
      onUse={({ user, database }) => {
        form.setValue("settings.user", user, { shouldDirty: true });
        form.setValue("settings.database", database, { shouldDirty: true });
        form.clearErrors(["settings.user", "settings.database"]);
      }}
    />
  );
}
