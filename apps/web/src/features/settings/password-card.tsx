import { newPasswordSchema } from "@headgate/contract";
import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Callout } from "../../ui/callout.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { SectionCard } from "../../ui/section-card.tsx";
import { StepForm } from "../../ui/step-form.tsx";
import { useChangePassword } from "../people/queries.ts";
import { PasswordHint } from "../people/password-hint.tsx";
import classes from "./password-card.module.css";

const answersSchema = z.object({
  currentPassword: z.string().min(1, { error: "Enter the password you use now." }),
  newPassword: newPasswordSchema,
});
type Answers = z.infer<typeof answersSchema>;
const blank: Answers = { currentPassword: "", newPassword: "" };

export function PasswordCard(): ReactElement {
  const change = useChangePassword();
  const [changed, setChanged] = useState(false);
  const form = useForm<Answers, unknown, Answers>({
    resolver: zodResolver(answersSchema),
    defaultValues: blank,
    shouldFocusError: false,
  });

  async function submit(answers: Answers): Promise<void> {
    setChanged(false);
    await change.mutateAsync(answers);
    form.reset(blank);
    setChanged(true);
  }

  return (
    <SectionCard title="Password" description="Changing it signs you out everywhere else.">
      <div className={classes.narrow}>
        <StepForm
          form={form}
          label="Change password"
          onSubmit={submit}
          actions={
            <Button type="submit" loading={change.isPending}>
              Change password
            </Button>
          }
        >
          {changed && (
            <Callout kind="success" role="status" title="Your password is changed">
              Other browsers have to sign in again.
            </Callout>
          )}
          <PasswordField
            control={form.control}
            name="currentPassword"
            label="Password you use now"
            autoComplete="current-password"
          />
          <PasswordField
            control={form.control}
            name="newPassword"
            label="New password"
            hint="At least 12 characters. A short sentence works well."
            autoComplete="new-password"
          />
          <PasswordHint control={form.control} name="newPassword" />
        </StepForm>
      </div>
    </SectionCard>
  );
}
