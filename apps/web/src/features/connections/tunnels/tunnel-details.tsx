import type { Tunnel } from "@headgate/contract";
import { zodResolver } from "@hookform/resolvers/zod";
import { Button } from "@mantine/core";
import { useEffect, useRef, type ReactElement } from "react";
import { useForm, type UseFormReturn } from "react-hook-form";
import { NumberField } from "../../../ui/number-field.tsx";
import { StepForm } from "../../../ui/step-form.tsx";
import { TextField } from "../../../ui/text-field.tsx";
import { useFormValues } from "../../../ui/use-form-values.ts";
import { tunnelFormCopy } from "./copy.ts";
import { inGroup } from "./field-group.ts";
import { MethodFields } from "./method-fields.tsx";
import { useSaveTunnel } from "./queries.ts";
import classes from "./tunnel-details.module.css";
import {
  tunnelAnswers,
  tunnelFormDefaults,
  tunnelFormSchema,
  type CheckedTunnelForm,
  type TunnelForm,
} from "./tunnel-form.ts";

type Props = {
  /** The tunnel to change; undefined for a new one. */
  readonly saved: Tunnel | undefined;
  readonly onSaved: (tunnel: Tunnel) => void;
  readonly onCancel: () => void;
};

/** Where the SSH server is and how Headgate signs in there. */
export function TunnelDetails({ saved, onSaved, onCancel }: Props): ReactElement {
  const save = useSaveTunnel();
  const form = useForm<TunnelForm, unknown, CheckedTunnelForm>({
    resolver: zodResolver(tunnelFormSchema(saved)),
    defaultValues: tunnelFormDefaults(saved),
    shouldFocusError: false,
  });
  const { control } = form;
  const inUse = saved !== undefined && saved.connectionNames.length > 0;
  useNameOfHost(form, saved);

  async function submit(checked: CheckedTunnelForm): Promise<void> {
    onSaved(await inGroup("tunnel", save.mutateAsync({ saved, answers: tunnelAnswers(checked) })));
  }

  return (
    <StepForm
      form={form}
      label={tunnelFormCopy.form}
      onSubmit={submit}
      actions={
        <>
          <Button type="submit" loading={save.isPending}>
            {saved ? tunnelFormCopy.save : tunnelFormCopy.saveNew}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {tunnelFormCopy.cancel}
          </Button>
        </>
      }
    >
      <p className={classes.intro}>{inUse ? tunnelFormCopy.hostFixed : tunnelFormCopy.intro}</p>
      <div className={classes.pair}>
        <TextField
          control={control}
          name="tunnel.host"
          label={tunnelFormCopy.host}
          hint={tunnelFormCopy.hostHint}
          disabled={inUse}
          verbatim
          autoComplete="off"
        />
        <NumberField
          control={control}
          name="tunnel.port"
          label={tunnelFormCopy.port}
          hint={tunnelFormCopy.portHint}
          disabled={inUse}
          maxWidth="100%"
        />
      </div>
      <TextField
        control={control}
        name="tunnel.user"
        label={tunnelFormCopy.user}
        hint={tunnelFormCopy.userHint}
        verbatim
        autoComplete="off"
      />
      <TextField
        control={control}
        name="tunnel.name"
        label={tunnelFormCopy.name}
        hint={tunnelFormCopy.nameHint}
        autoComplete="off"
      />
      <MethodFields form={form} saved={saved} />
    </StepForm>
  );
}

/** A new tunnel is called like its server until the person says otherwise. */
function useNameOfHost(form: UseFormReturn<TunnelForm, unknown, CheckedTunnelForm>, saved: Tunnel | undefined): void {
  const { host } = useFormValues(form).tunnel;
  const offered = useRef("");
  useEffect(() => {
    const next = host.trim().slice(0, 120);
    const name = form.getValues("tunnel.name");
    if (!saved && (name === "" || name === offered.current)) form.setValue("tunnel.name", next);
    offered.current = next;
  }, [form, saved, host]);
}
