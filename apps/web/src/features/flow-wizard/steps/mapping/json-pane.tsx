import type { Connection, Preview, Stream } from "@headgate/contract";
import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState, type ReactElement } from "react";
import { Callout } from "../../../../ui/callout.tsx";
import { JsonPreview } from "../../../../ui/json-preview.tsx";
import { SectionCard } from "../../../../ui/section-card.tsx";
import { Skeletons } from "../../../../ui/skeletons.tsx";
import { connectionQueries } from "../../../connections/queries.ts";
import { mappingCopy } from "./copy.ts";
import type { MappingWords } from "./mapping-words.ts";
import classes from "./mapping.module.css";

/** A row as it will arrive; without a text there is nothing to show yet. */
export type RowAsJson = {
  readonly text: string | undefined;
  /** Why the row would not arrive at all. */
  readonly fault?: string | undefined;
};

type Props = {
  readonly connection: Connection;
  readonly source: Stream;
  readonly words: Pick<MappingWords, "jsonTitle" | "showJson">;
  readonly jsonOf: (columns: Preview["columns"], row: Preview["rows"][number]) => RowAsJson;
  /** The way to the name edited last; its line stands out. */
  readonly highlight: readonly string[] | undefined;
  readonly note?: string;
  readonly folded: boolean;
};

/** One real row under its new names. On narrow screens it waits behind a fold. */
export function JsonPane({ folded, ...row }: Props): ReactElement {
  if (folded) {
    return (
      <details className={classes.fold}>
        <summary>{row.words.showJson}</summary>
        <RealRow {...row} />
      </details>
    );
  }
  return (
    <SectionCard title={row.words.jsonTitle}>
      <RealRow {...row} />
    </SectionCard>
  );
}

function RealRow({ connection, source, words, jsonOf, highlight, note }: Omit<Props, "folded">): ReactElement {
  const preview = useQuery(connectionQueries.preview(connection.id, source));
  const [index, setIndex] = useState(0);
  const data = preview.data?.status === "succeeded" ? preview.data.preview : undefined;
  const row = data?.rows[index];
  const json = useMemo(() => (data && row ? jsonOf(data.columns, row) : undefined), [data, row, jsonOf]);

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
      {json?.text === undefined ? (
        <p className={classes.summary}>{mappingCopy.nothingSelected}</p>
      ) : (
        <JsonPreview text={json.text} label={`${words.jsonTitle}: ${label}`} highlight={highlight} />
      )}
      {json?.fault && (
        <Callout kind="warning" title={mappingCopy.rowFault} className={classes.after}>
          {json.fault}
        </Callout>
      )}
      {note && <p className={classes.summary}>{note}</p>}
    </>
  );
}
