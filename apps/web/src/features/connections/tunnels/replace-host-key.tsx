import type { Tunnel } from "@headgate/contract";
import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { PasswordField } from "../../../ui/password-field.tsx";
import { StepForm } from "../../../ui/step-form.tsx";
import { changedKeyCopy } from "./copy.ts";
import { inGroup } from "./field-group.ts";
import { useAcceptHostKey } from "./queries.ts";

/** In a group of its own, like the tunnel's fields. */
const answersSchema = z.object({
  hostKey: z.object({ password: z.string().min(1, { error: changedKeyCopy.passwordMissing }) }),
});
type Answers = z.infer<typeof answersSchema>;

type Props = {
  readonly tunnel: Tunnel;
  readonly fingerprint: string;
  readonly onAccepted: ((tunnel: Tunnel) => void) | undefined;
  readonly onCancel: () => void;
};

/** Asks for the person's own password before another key takes the place of the accepted one. */
export function ReplaceHostKey({ tunnel, fingerprint, onAccepted, onCancel }: Props): ReactElement {
  const accept = useAcceptHostKey(tunnel.id);
  const form = useForm<Answers, unknown, Answers>({
    resolver: zodResolver(answersSchema),
    defaultValues: { hostKey: { password: "" } },
    shouldFocusError: false,
  });

  async function submit({ hostKey: { password } }: Answers): Promise<void> {
    const replaced = await inGroup("hostKey", accept.mutateAsync({ fingerprint, password }));
    onAccepted?.(replaced);
  }

  return (
    <StepForm
      form={form}
      label={changedKeyCopy.replaceTitle}
      onSubmit={submit}
      actions={
        <>
          <Button type="submit" color="red" loading={accept.isPending}>
            {changedKeyCopy.confirm}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {changedKeyCopy.cancel}
          </Button>
        </>
      }
    >
      <PasswordField
        control={form.control}
        name="hostKey.password"
        label={changedKeyCopy.password}
        hint={changedKeyCopy.passwordHint}
        autoComplete="current-password"
      />
    </StepForm>
  );
}
