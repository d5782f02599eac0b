import type { Connection, DestinationKind, Stream } from "@headgate/contract";
import { Badge } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useForm } from "react-hook-form";
import { fieldId } from "../../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../../ui/radio-cards.tsx";
import { SectionCard } from "../../../../../ui/section-card.tsx";
import { StepForm } from "../../../../../ui/step-form.tsx";
import { useFormValues } from "../../../../../ui/use-form-values.ts";
import { StepActions } from "../../../layout/step-actions.tsx";
import type { StepProps } from "../../../step-props.ts";
import { stepResolver } from "../../../step-resolver.ts";
import { useTyped } from "../../../use-typed.ts";
import { destinationCopy, notReadAgain } from "../copy.ts";
import { keyChoices, keyId } from "../sync-key.ts";
import { sentBadRows, sentCopy, sentKinds } from "./copy.ts";
import { sentDefaults, sentReadModes, typedSent, type SentForm } from "./sent-form.ts";
import classes from "../destination.module.css";

type Props = StepProps<"destination"> & {
  readonly kind: DestinationKind;
  readonly connection: Connection;
  /** Whether it was made here. */
  readonly choice: "saved" | "new" | undefined;
  readonly source: Stream;
};

/** Which rows are sent, what tells them apart, and what becomes of one that cannot be. */
export function SentFormView({ draft, saver, goOn, kind, connection, choice, source }: Props): ReactElement {
  const kept = { ...draft.steps.destination, choice };
  const typedOf = (form: SentForm) => typedSent(kept, kind, connection.id, form);
  const form = useForm({
    resolver: stepResolver("destination", draft, typedOf),
    defaultValues: sentDefaults(kept, source),
    shouldFocusError: false,
  });
  const { readMode, badRows, syncKey } = useFormValues(form);
  const { errors } = form.formState;
  const copy = sentKinds[kind];
  const readModes = sentReadModes(source);
  const keys = keyChoices(source);
  useTyped(form, (values) => saver.keep(typedOf(values)));

  return (
    <StepForm
      form={form}
      onSubmit={(answers) => saver.finish(answers).then(goOn)}
      actions={<StepActions saver={saver} busy={form.formState.isSubmitting} />}
    >
      <SectionCard title={copy.rowsTitle}>
        <div className={classes.stack}>
          {readModes.length === 1 ? (
            <p className={classes.note}>{destinationCopy.noMarks(source.name)}</p>
          ) : (
            <RadioCards
              id={fieldId("readMode")}
              legend={sentCopy.readMode}
              name="readMode"
              value={readMode}
              columns={2}
              onChange={(mode) => form.setValue("readMode", mode as SentForm["readMode"], { shouldDirty: true })}
            >
              {readModes.map((mode, place) => (
                <RadioCard
                  key={mode}
                  value={mode}
                  title={sentCopy.readTitles[mode]}
                  text={copy.reads[mode]}
                  badge={place === 0 ? <Mark>{destinationCopy.recommended}</Mark> : undefined}
                />
              ))}
            </RadioCards>
          )}
          <p className={classes.note}>
            <strong>{sentCopy.deletedTitle}:</strong> {copy.deleted}
          </p>
        </div>
      </SectionCard>
      <SectionCard>
        <RadioCards
          id={fieldId("syncKey")}
          legend={sentCopy.key}
          hint={copy.keyHint}
          name="syncKey"
          value={keyId(syncKey)}
          columns={2}
          onChange={(id) => form.setValue("syncKey", JSON.parse(id) as string[], { shouldDirty: true })}
          error={errors.syncKey?.message}
        >
          {keys.map((key) => (
            <RadioCard
              key={key.name}
              value={keyId(key.columns)}
              icon={<IconKey size={20} stroke={1.7} aria-hidden />}
              title={key.columns.join(" + ")}
              badge={<Mark>{key.primary ? destinationCopy.primary : destinationCopy.unique}</Mark>}
            />
          ))}
          <RadioCard value={keyId([])} title={sentCopy.noKeyTitle} text={copy.noKey} />
        </RadioCards>
      </SectionCard>
      <SectionCard>
        <div className={classes.stack}>
          <RadioCards
            id={fieldId("badRows")}
            legend={copy.badRows}
            hint={readMode === "incremental" ? notReadAgain : undefined}
            name="badRows"
            value={badRows}
            columns={2}
            onChange={(value) => form.setValue("badRows", value as SentForm["badRows"], { shouldDirty: true })}
          >
            {(["set_aside", "stop"] as const).map((value) => (
              <RadioCard
                key={value}
                value={value}
                title={sentBadRows[value].title}
                text={sentBadRows[value].sentence}
              />
            ))}
          </RadioCards>
          <p className={classes.promise}>
            <strong>{sentCopy.promise}</strong> {copy.promise}
          </p>
        </div>
      </SectionCard>
    </StepForm>
  );
}

function Mark({ children }: { readonly children: string }): ReactElement {
  return (
    <Badge variant="light" tt="none">
      {children}
    </Badge>
  );
}
