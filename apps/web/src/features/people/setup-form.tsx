import { emailSchema, labelSchema, newPasswordSchema, timeZoneSchema } from "@headgate/contract";
import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { browserTimeZone } from "../../lib/format/time.ts";
import { PasswordField } from "../../ui/password-field.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { StepForm } from "../../ui/step-form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { CookieRefused } from "./cookie-refused.tsx";
import { PasswordHint } from "./password-hint.tsx";
import { useCompleteSetup } from "./queries.ts";
import { useEntrance } from "./use-entrance.ts";
import { timeZoneOptions } from "../../lib/format/time-zones.ts";

const answersSchema = z.object({
  name: labelSchema,
  email: emailSchema,
  password: newPasswordSchema,
  timeZone: timeZoneSchema,
});
type Answers = z.infer<typeof answersSchema>;

type Props = { readonly token: string; readonly onDone: () => void };

export function SetupForm({ token, onDone }: Props): ReactElement {
  const completeSetup = useCompleteSetup();
  const { cookieRefused, enter } = useEntrance<Answers>(
    (answers) => completeSetup.mutateAsync({ ...answers, token }),
    onDone,
  );
  const form = useForm<Answers, unknown, Answers>({
    resolver: zodResolver(answersSchema),
    defaultValues: { name: "", email: "", password: "", timeZone: browserTimeZone() },
    shouldFocusError: false,
  });
  const { control } = form;

  return (
    <StepForm
      form={form}
      label="First account"
      onSubmit={enter}
      actions={
        <Button type="submit" fullWidth loading={completeSetup.isPending}>
          Create account
        </Button>
      }
    >
      {cookieRefused && <CookieRefused />}
      <TextField control={control} name="name" label="Your name" autoComplete="name" />
      <TextField
        control={control}
        name="email"
        label="E-mail"
        hint="You sign in with it."
        type="email"
        autoComplete="username"
      />
      <PasswordField
        control={control}
        name="password"
        label="Password"
        hint="At least 12 characters. A short sentence works well."
        autoComplete="new-password"
      />
      <PasswordHint control={control} name="password" />
      <SelectField
        control={control}
        name="timeZone"
        label="Time zone"
        hint="Schedules are shown in it. Type to search."
        options={timeZoneOptions()}
        searchable
      />
    </StepForm>
  );
}
