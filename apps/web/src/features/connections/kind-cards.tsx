import type { ConnectionKind } from "@headgate/contract";
import type { ReactElement } from "react";
import { fieldId } from "../../ui/field.ts";
import { RadioCard, RadioCards } from "../../ui/radio-cards.tsx";
import { KindIcon } from "./kind-icon.tsx";
import { kindWords, offeredKinds } from "./kind-words.ts";

type Props = {
  readonly legend: string;
  readonly value: ConnectionKind;
  readonly onChange: (kind: ConnectionKind) => void;
};

/** One card for each kind of place that rows can go to. */
export function KindCards({ legend, value, onChange }: Props): ReactElement {
  return (
    <RadioCards
      id={fieldId("kind")}
      legend={legend}
      name="kind"
      value={value}
      columns={2}
      onChange={(kind) => onChange(kind as ConnectionKind)}
    >
      {offeredKinds.map((kind) => (
        <RadioCard
          key={kind}
          value={kind}
          icon={<KindIcon kind={kind} />}
          title={kindWords[kind].title}
          text={kindWords[kind].text}
        />
      ))}
    </RadioCards>
  );
}
