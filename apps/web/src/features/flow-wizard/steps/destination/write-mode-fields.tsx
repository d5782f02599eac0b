import type { Stream, UniqueKey, WriteMode } from "@headgate/contract";
import { readModesFor, writeModeRules } from "@headgate/core";
import { Badge, Button } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useFormContext } from "react-hook-form";
import { fieldId } from "../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../ui/radio-cards.tsx";
import { useFormValues } from "../../../../ui/use-form-values.ts";
import { destinationCopy } from "./copy.ts";
import type { DestinationForm, Target } from "./destination-form.ts";
import { NoKey } from "./no-key.tsx";
import { SyncKeyFields } from "./sync-key-fields.tsx";
import { allModes, firstModes, recommendedMode, writeModeCard } from "./write-mode-cards.ts";
import { WriteModeWords } from "./write-mode-words.tsx";
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
  const { writeMode, readMode, keepsState } = useFormValues(form);
  const [more, setMore] = useState(false);
  const lacksKey = settled && keys.length === 0;
  // A table that is made for the first run has no rows to update.
  const offered = allModes.filter(
    (mode) =>
      (target === "existing" || writeModeRules[mode].creates) &&
      (keepsState === "destination" || writeModeRules[mode].mayKeepOutside),
  );
  const shown = offered.filter((mode) => more || firstModes.includes(mode) || mode === writeMode);
  const others = offered.length - firstModes.length;

  /** True for what would be read: where the chosen mode leaves no choice, another would begin with its best. */
  function cardOf(mode: WriteMode) {
    const reads = readModesFor(mode, source);
    const kept = writeMode === "" || readModesFor(writeMode, source).length === 1 ? undefined : readMode;
    return writeModeCard(mode, reads.find((read) => read === kept) ?? reads[0] ?? "full");
  }

  return (
    <div className={classes.stack}>
      <RadioCards
        id={fieldId("writeMode")}
        legend={destinationCopy.mode}
        name="writeMode"
        value={writeMode}
        columns={2}
        onChange={(mode) => form.setValue("writeMode", mode as DestinationForm["writeMode"], { shouldDirty: true })}
        error={form.formState.errors.writeMode?.message}
      >
        {shown.map((mode) => {
          const { title, sentence } = cardOf(mode);
          const blocked = writeModeRules[mode].needsSyncKey && lacksKey;
          return (
            <RadioCard
              key={mode}
              value={mode}
              title={title}
              text={sentence}
              disabled={blocked}
              badge={
                mode === recommendedMode && !blocked ? (
                  <Badge variant="light" tt="none">
                    {destinationCopy.recommended}
                  </Badge>
                ) : undefined
              }
            />
          );
        })}
      </RadioCards>
      <Button
        variant="subtle"
        size="sm"
        className={classes.more}
        aria-expanded={more}
        rightSection={<IconChevronDown size={16} aria-hidden className={classes.chevron} />}
        onClick={() => setMore(!more)}
      >
        {more ? destinationCopy.fewerWays : destinationCopy.moreWays(others)}
      </Button>
      {lacksKey && <NoKey {...{ source, destination, onLookAgain }} />}
      {writeMode !== "" && <WriteModeWords card={cardOf(writeMode)} />}
      {writeMode !== "" && writeModeRules[writeMode].needsSyncKey && keys.length > 0 && <SyncKeyFields keys={keys} />}
    </div>
  );
}
