import type { Stream } from "@headgate/contract";
import { isWritable, type MappingFault } from "@headgate/core";
import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useState, type ReactElement } from "react";
import { ColumnRow } from "./column-row.tsx";
import { mappingCopy } from "./copy.ts";
import { foundRows, type MappingChange, type MappingRow } from "./mapping-rows.ts";
import classes from "./mapping.module.css";

type Props = {
  readonly rows: readonly MappingRow[];
  readonly destination: Stream | null;
  readonly faults: ReadonlyMap<string, readonly MappingFault[]>;
  readonly onChange: (change: MappingChange) => void;
  readonly onMatchAgain: () => void;
};

const noFaults: readonly MappingFault[] = [];

/** All columns of the table, searchable; search narrows what is shown and what the two buttons act on. */
export function ColumnList({ rows, destination, faults, onChange, onMatchAgain }: Props): ReactElement {
  const [words, setWords] = useState("");
  const found = useMemo(() => foundRows(rows, words), [rows, words]);
  const narrowed = words.trim() !== "";
  const sent = rows.filter((row) => row.send);
  const positions = new Map(sent.map((row, index) => [row.source, index]));
  const targets = useMemo(
    () => destination?.fields.filter(isWritable).map(({ name, type }) => ({ name, type })),
    [destination],
  );

  return (
    <>
      <div className={classes.tools}>
        <TextInput
          type="search"
          label={mappingCopy.search}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter in the search box would otherwise leave the step.
            if (event.key === "Enter") event.preventDefault();
          }}
        />
        <div className={classes.buttons}>
          <Button variant="default" size="sm" onClick={() => onChange({ type: "send", sources: found, send: true })}>
            {narrowed ? mappingCopy.selectFound : mappingCopy.selectAll}
          </Button>
          <Button variant="default" size="sm" onClick={() => onChange({ type: "send", sources: found, send: false })}>
            {narrowed ? mappingCopy.dropFound : mappingCopy.selectNone}
          </Button>
          {destination && (
            <Button variant="default" size="sm" onClick={onMatchAgain}>
              {mappingCopy.again}
            </Button>
          )}
        </div>
      </div>
      <p className={classes.summary} role="status">
        {mappingCopy.selected(sent.length, rows.length)}
      </p>
      {found.size === 0 && <p className={classes.summary}>{mappingCopy.nothingFound}</p>}
      <ul className={classes.columns} data-many={rows.length > 100 || undefined}>
        {rows
          .filter((row) => found.has(row.source))
          .map((row) => (
            <ColumnRow
              key={row.source}
              row={row}
              position={positions.get(row.source)}
              targets={targets}
              faults={faults.get(row.source) ?? noFaults}
              onChange={onChange}
            />
          ))}
      </ul>
    </>
  );
}
