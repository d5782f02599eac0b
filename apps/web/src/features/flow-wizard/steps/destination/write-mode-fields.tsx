import type { Stream, UniqueKey } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { Badge, Button } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { CopyButton } from "../../../../ui/copy-button.tsx";
import { fieldId } from "../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { pickerCopy } from "../../table-picker/copy.ts";
import { destinationCopy } from "./copy.ts";
import type { DestinationForm, Target } from "./destination-form.ts";
import { addUniqueSql } from "./sync-key.ts";
import { SyncKeyFields } from "./sync-key-fields.tsx";
import { writeModeCards } from "./write-mode-cards.ts";
import { WriteModeDrawing } from "./write-mode-drawing.tsx";
import classes from "./destination.module.css";

type Props = {
  readonly keys: readonly UniqueKey[];
  readonly source: Stream;
  /** The existing table; undefined while none is chosen or a new one will be made. */
  readonly destination: Stream | undefined;
  readonly settled: boolean;
  readonly target: Target;
  readonly onLookAgain: () => void;
};

/** What every run does with rows that are already there: a card per write mode, and the key where a mode needs one. */
export function WriteModeFields({ keys, source, destination, settled, target, onLookAgain }: Props): ReactElement {
  const form = useFormContext<DestinationForm>();
  const { writeMode } = useFormValues(form);
  const lacksKey = settled && keys.length === 0;
  const chosen = writeMode === "" ? undefined : writeModeCards[writeMode];

  return (
    <div className={classes.stack}>
      <RadioCards
        id={fieldId("writeMode")}
        legend={destinationCopy.mode}
        name="writeMode"
        value={writeMode}
        onChange={(mode) => form.setValue("writeMode", mode as DestinationForm["writeMode"], { shouldDirty: true })}
        error={form.formState.errors.writeMode?.message}
      >
        {Object.values(writeModeCards).map((card) => {
          // A table that is made for the first run has no rows to update.
          if (target === "create" && !writeModeRules[card.mode].creates) return null;
          const blocked = writeModeRules[card.mode].needsSyncKey && lacksKey;
          return (
            <RadioCard
              key={card.mode}
              value={card.mode}
              title={card.title}
              text={card.sentence}
              disabled={blocked}
              badge={
                card.recommended && !blocked ? (
                  <Badge variant="light" tt="none">
                    {destinationCopy.recommended}
                  </Badge>
                ) : undefined
              }
            >
              {!blocked && <WriteModeDrawing card={card} />}
              {blocked && card.recommended && (
                <NoKey source={source} destination={destination} onLookAgain={onLookAgain} />
              )}
            </RadioCard>
          );
        })}
      </RadioCards>
      {chosen && (
        <dl className={classes.words} aria-label={chosen.title}>
          <dt>{destinationCopy.newRows}</dt>
          <dd>{chosen.newRows}</dd>
          <dt>{destinationCopy.changedRows}</dt>
          <dd>{chosen.changedRows}</dd>
          <dt>{destinationCopy.deletedRows}</dt>
          <dd>{chosen.deletedRows}</dd>
        </dl>
      )}
      {writeMode !== "" && writeModeRules[writeMode].needsSyncKey && keys.length > 0 && <SyncKeyFields keys={keys} />}
    </div>
  );
}

function NoKey({ source, destination, onLookAgain }: Pick<Props, "source" | "destination" | "onLookAgain">) {
  if (!destination) return <p className={classes.reason}>{destinationCopy.noKeyCreate(source.name)}</p>;
  const sql = addUniqueSql(destination, source);
  return (
    <div className={classes.reason}>
      <p>{destinationCopy.noKeyExisting(destination.name)}</p>
      <pre className={classes.sql}>{sql}</pre>
      <div className={classes.buttons}>
        <CopyButton text={sql} describe={destinationCopy.copyAlter} />
        <Button size="sm" variant="default" onClick={onLookAgain}>
          {pickerCopy.lookAgain}
        </Button>
      </div>
    </div>
  );
}
