import type { Connection, FieldMapping, Stream } from "@headgate/contract";
import { jsonText, rowToJson } from "@headgate/core";
import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState, type ReactElement } from "react";
import { JsonPreview } from "../../../../ui/json-preview.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { connectionQueries } from "../../../connections/queries.ts";
import { mappingCopy } from "./copy.ts";
import classes from "./mapping.module.css";

type Props = {
  readonly connection: Connection;
  readonly source: Stream;
  readonly fields: readonly FieldMapping[];
  /** The name edited last; its line stands out. */
  readonly edited: string | undefined;
  readonly folded: boolean;
};

/** One real row under its new names. On narrow screens it waits behind a fold. */
export function JsonPane({ folded, ...row }: Props): ReactElement {
  if (folded) {
    return (
      <details className={classes.fold}>
        <summary>{mappingCopy.showJson}</summary>
        <RealRow {...row} />
      </details>
    );
  }
  return (
    <SectionCard title={mappingCopy.jsonTitle}>
      <RealRow {...row} />
    </SectionCard>
  );
}

function RealRow({ connection, source, fields, edited }: Omit<Props, "folded">): ReactElement {
  const preview = useQuery(connectionQueries.preview(connection.id, source));
  const [index, setIndex] = useState(0);
  const data = preview.data?.status === "succeeded" ? preview.data.preview : undefined;
  const row = data?.rows[index];
  const text = useMemo(() => (data && row ? jsonText(rowToJson(data.columns, row, fields)) : ""), [data, row, fields]);

  if (preview.isPending) return <Skeletons lines={6} label={mappingCopy.reading} />;
  if (!data) return <p className={classes.summary}>{mappingCopy.noPreview}</p>;
  if (data.rows.length === 0) return <p className={classes.summary}>{mappingCopy.noRows}</p>;
  const label = mappingCopy.rowOf(index + 1, data.rows.length);
  return (
    <>
      <div className={classes.stepper}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={mappingCopy.previous}
          disabled={index === 0}
          onClick={() => setIndex(index - 1)}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <span role="status">{label}</span>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={mappingCopy.next}
          disabled={index === data.rows.length - 1}
          onClick={() => setIndex(index + 1)}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </div>
      {fields.length === 0 ? (
        <p className={classes.summary}>{mappingCopy.nothingSelected}</p>
      ) : (
        <JsonPreview
          text={text}
          label={`${mappingCopy.jsonTitle}: ${label}`}
          highlight={edited === undefined ? undefined : [edited]}
        />
      )}
    </>
  );
}
