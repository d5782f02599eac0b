import { signInSchema, type SignIn } from "@headgate/contract";
import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { useForm } from "react-hook-form";
import { PasswordField } from "../../ui/password-field.tsx";
import { StepForm } from "../../ui/step-form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { CookieRefused } from "./cookie-refused.tsx";
import { useSignIn } from "./queries.ts";
import { useEntrance } from "./use-entrance.ts";

type Props = { readonly onSignedIn: () => void };

export function SignInForm({ onSignedIn }: Props): ReactElement {
  const signIn = useSignIn();
  const { cookieRefused, enter } = useEntrance<SignIn>((answers) => signIn.mutateAsync(answers), onSignedIn);
  const form = useForm<SignIn, unknown, SignIn>({
    resolver: zodResolver(signInSchema),
    defaultValues: { email: "", password: "" },
    shouldFocusError: false,
  });

  return (
    <StepForm
      form={form}
      label="Sign in"
      onSubmit={enter}
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
