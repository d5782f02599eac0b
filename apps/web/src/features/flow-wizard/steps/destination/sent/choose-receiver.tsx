import type { DestinationKind } from "@headgate/contract";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState, type ReactElement } from "react";
import { fieldId } from "../../../../../ui/field.ts";
import { RadioCard, RadioCards } from "../../../../../ui/radio-cards.tsx";
import { reveal } from "../../../../../ui/reveal.ts";
import { SectionCard } from "../../../../../ui/section-card.tsx";
import { CheckPanel } from "../../../../connections/check/check-panel.tsx";
import { guiltyField } from "../../../../connections/check/guilty-field.ts";
import { useConnectionCheck } from "../../../../connections/check/use-connection-check.ts";
import type { Receiver } from "../../../../connections/databases.ts";
import { KindIcon } from "../../../../connections/kind-icon.tsx";
import { KindFormOf } from "../../../../connections/kinds/kind-forms.tsx";
import type { StoredKind } from "../../../../connections/kinds/kind-rules.ts";
import { useSaveKind } from "../../../../connections/kinds/use-save-kind.ts";
import { lastTest } from "../../../../connections/last-test.ts";
import { placeWords } from "../../../../connections/place-words.ts";
import { StepActions } from "../../../layout/step-actions.tsx";
import type { StepProps } from "../../../step-props.ts";
import { sentCopy, sentKinds } from "./copy.ts";
import classes from "../destination.module.css";

type Props = Pick<StepProps<"destination">, "saver"> & {
  readonly kind: DestinationKind;
  readonly connections: readonly Receiver[];
  readonly chosen: string | undefined;
  readonly onChosen: (connection: Receiver, choice: "saved" | "new") => void;
};

/** The connection half of step 4 for receivers and files: a saved one or a new one, tested on the spot. */
export function ChooseReceiver(props: Props): ReactElement {
  const { kind, connections, chosen, saver, onChosen } = props;
  const [selection, setSelection] = useState(chosen ?? (connections.length === 0 ? "new" : ""));
  const [editing, setEditing] = useState(false);
  // A list that appears with the first connection would push away what is being read.
  const [listed] = useState(connections.length > 0);
  const [before] = useState(() => new Set(connections.map(({ id }) => id)));
  const [missing, setMissing] = useState(false);
  const [candidate, setCandidate] = useState<Receiver>();
  const copy = sentKinds[kind];
  const saved = connections.find(({ id }) => id === selection);
  const save = useSaveKind(kind, saved);
  const writes = selection === "new" || editing;

  function choose(value: string): void {
    setSelection(value);
    setEditing(false);
    setMissing(false);
    setCandidate(undefined);
  }

  function correct(field: string): void {
    setEditing(true);
    setCandidate(undefined);
    requestAnimationFrame(() => {
      const element = document.getElementById(fieldId(field));
      if (element) reveal(element);
      element?.focus();
    });
  }

  const test = candidate && (
    <Candidate
      key={`${candidate.id} ${candidate.revision}`}
      candidate={candidate}
      onWorks={() => onChosen(candidate, before.has(candidate.id) ? "saved" : "new")}
      onCorrect={correct}
    />
  );
  const actions = (busy: boolean) => <StepActions saver={saver} label={sentCopy.useIt} busy={busy} />;

  return (
    <div className={classes.sheets}>
      {listed && (
        <SectionCard>
          <RadioCards
            id={fieldId("connectionId")}
            legend={copy.which}
            name="connectionId"
            value={selection}
            onChange={choose}
            error={missing ? sentCopy.notChosen : undefined}
          >
            {connections.map((connection) => (
              <RadioCard
                key={connection.id}
                value={connection.id}
                icon={<KindIcon kind={kind} />}
                title={connection.name}
                text={`${placeWords(connection.settings)} · ${lastTest(connection)}`}
              >
                {selection === connection.id && !editing && (
                  <Button size="compact-md" variant="subtle" onClick={() => setEditing(true)}>
                    {sentCopy.edit}
                  </Button>
                )}
              </RadioCard>
            ))}
            <RadioCard
              value="new"
              icon={<IconPlus size={22} stroke={1.6} aria-hidden />}
              title={copy.newTitle}
              text={copy.newHint}
            />
          </RadioCards>
        </SectionCard>
      )}
      {writes ? (
        <SectionCard>
          <KindFormOf
            key={selection}
            kind={kind}
            stored={saved as unknown as (StoredKind<DestinationKind> & { flowNames: readonly string[] }) | undefined}
            onSubmit={async (answers) => {
              const connection = await save(answers);
              setCandidate(connection);
              // From here on the form belongs to this connection: pressing again changes it, and makes no other.
              setSelection(connection.id);
              setEditing(true);
            }}
            actions={actions}
          >
            {test}
          </KindFormOf>
        </SectionCard>
      ) : (
        <>
          {test}
          <StepActions
            saver={saver}
            label={sentCopy.useIt}
            onContinue={() => (saved ? setCandidate(saved) : setMissing(true))}
          />
        </>
      )}
    </div>
  );
}

type CandidateProps = {
  readonly candidate: Receiver;
  readonly onWorks: () => void;
  readonly onCorrect: (field: string) => void;
};

function Candidate({ candidate, onWorks, onCorrect }: CandidateProps): ReactElement {
  const check = useConnectionCheck(candidate, "destination", (verdict) => {
    if (verdict.status === "succeeded") onWorks();
  });
  const { start } = check;
  useEffect(start, [start]);
  return (
    <SectionCard title={sentCopy.testing(candidate.name)}>
      <CheckPanel
        connection={candidate}
        check={check}
        plays="destination"
        failureActions={(failure) => (
          <Button onClick={() => onCorrect(guiltyField(failure, candidate.kind))}>{sentCopy.editDetails}</Button>
        )}
      />
    </SectionCard>
  );
}
