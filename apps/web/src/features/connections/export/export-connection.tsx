import { exportFormats, type PostgresConnection, type ExportFormat } from "@headgate/contract";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type ReactElement } from "react";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { ErrorCallout } from "../../../ui/error-callout.tsx";
import { SectionCard } from "../../../ui/section-card.tsx";
import { Skeletons } from "../../../ui/skeletons.tsx";
import { exportCopy } from "./copy.ts";
import { downloadText } from "../../../lib/download-text.ts";
import classes from "./export-connection.module.css";
import { exportQuery } from "./queries.ts";

type Props = { readonly connection: PostgresConnection };

/** The connection as other systems write it, to look at, copy or download; never with a secret. */
export function ExportConnection({ connection }: Props): ReactElement {
  const id = useId();
  const [format, setFormat] = useState<ExportFormat>();
  // These two have no words for a token (their writers refuse it).
  const offered = exportFormats.filter((one) => one === "adf" || !connection.settings.entra);
  return (
    <SectionCard title={exportCopy.title} description={exportCopy.text}>
      <div className={classes.formats} role="group" aria-label={exportCopy.copyAs}>
        {offered.map((one) => (
          <Button
            key={one}
            size="sm"
            variant={one === format ? "light" : "default"}
            aria-expanded={one === format}
            aria-controls={id}
            onClick={() => setFormat(one === format ? undefined : one)}
          >
            {exportCopy.formats[one]}
          </Button>
        ))}
      </div>
      <div id={id}>{format && <Exported key={format} connection={connection} format={format} />}</div>
    </SectionCard>
  );
}

function Exported({ connection, format }: Props & { readonly format: ExportFormat }): ReactElement {
  const { data, error } = useQuery(exportQuery(connection, format));
  const label = exportCopy.formats[format];
  if (error) return <ErrorCallout error={error} />;
  if (!data) return <Skeletons lines={3} />;
  return (
    <div className={classes.exported}>
      {/* Scrolls by keyboard too, which a region without focus would not. */}
      <pre className={classes.text} tabIndex={0} role="region" aria-label={label}>
        {data.text}
      </pre>
      <ul className={classes.notes}>
        {data.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <div className={classes.formats}>
        <CopyButton text={data.text} label={exportCopy.copy} describe={`${exportCopy.copy}: ${label}`} />
        <Button
          size="sm"
          variant="default"
          aria-label={`${exportCopy.download} ${data.fileName}`}
          onClick={() => downloadText(data.fileName, data.text)}
        >
          {exportCopy.download}
        </Button>
      </div>
    </div>
  );
}
