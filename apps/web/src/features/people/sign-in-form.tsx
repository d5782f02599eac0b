import { signInSchema, type SignIn } from "@headgate/contract";
import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useForm } from "react-hook-form";
import { PasswordField } from "../../ui/password-field.tsx";
import { StepForm } from "../../ui/step-form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { CookieRefused } from "./cookie-refused.tsx";
import { CookieRefusedError, useSignIn } from "./queries.ts";

type Props = { readonly onSignedIn: () => void };

export function SignInForm({ onSignedIn }: Props): ReactElement {
  const signIn = useSignIn();
  const [cookieRefused, setCookieRefused] = useState(false);
  const form = useForm<SignIn, unknown, SignIn>({
    resolver: zodResolver(signInSchema),
    defaultValues: { email: "", password: "" },
    shouldFocusError: false,
  });

  async function submit(values: SignIn): Promise<void> {
    setCookieRefused(false);
    try {
      await signIn.mutateAsync(values);
      onSignedIn();
    } catch (error) {
      if (!(error instanceof CookieRefusedError)) throw error;
      setCookieRefused(true);
    }
  }

  return (
    <StepForm
      form={form}
      label="Sign in"
      onSubmit={submit}
      actions={
        <Button type="submit" fullWidth loading={signIn.isPending}>
          Sign in
        </Button>
      }
    >
      {cookieRefused && <CookieRefused />}
      <TextField control={form.control} name="email" label="E-mail" type="email" autoComplete="username" />
      <PasswordField control={form.control} name="password" label="Password" autoComplete="current-password" />
    </StepForm>
  );
}
