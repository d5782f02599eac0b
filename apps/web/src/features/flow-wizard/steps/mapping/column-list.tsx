import type { Stream } from "@headgate/contract";
import { inNameStyle, isWritable } from "@headgate/core";
import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useState, type ReactElement } from "react";
import { ColumnRow } from "./column-row.tsx";
import { mappingCopy } from "./copy.ts";
import { foundRows, type MappingChange, type MappingRow } from "./mapping-rows.ts";
import type { MappingWords } from "./mapping-words.ts";
import { NameStyleField } from "./name-style-field.tsx";
import classes from "./mapping.module.css";

export type RowFault = { readonly severity: "error" | "warning"; readonly message: string };

type Props = {
  readonly rows: readonly MappingRow[];
  readonly words: MappingWords;
  /** An existing table whose columns are to choose from; names are free without one. */
  readonly destination: Stream | null;
  /** How a column is called in a style. */
  readonly named?: typeof inNameStyle;
  /** The field of the answers for the column at a place among those that travel. */
  readonly fieldOf: (place: number) => string;
  readonly faults: ReadonlyMap<string, readonly RowFault[]>;
  readonly onChange: (change: MappingChange) => void;
  /** Pairs columns by their names anew; needs columns to choose from. */
  readonly onMatchAgain?: () => void;
};

const noFaults: readonly RowFault[] = [];

/** All columns of the table, searchable; search narrows what is shown and what the two buttons act on. */
export function ColumnList(props: Props): ReactElement {
  const { rows, words: names, destination, named = inNameStyle, fieldOf, faults, onChange, onMatchAgain } = props;
  const [words, setWords] = useState("");
  const found = useMemo(() => foundRows(rows, words), [rows, words]);
  const narrowed = words.trim() !== "";
  const sent = rows.filter((row) => row.send);
  const positions = new Map(sent.map((row, index) => [row.source, index]));
  const targets = useMemo(
    () => destination?.fields.filter(isWritable).map(({ name, type }) => ({ name, type })),
    [destination],
  );

  function nameOf(source: string): string {
    const place = positions.get(source);
    return place === undefined ? `column.${source}` : fieldOf(place);
  }

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
          {destination && onMatchAgain && (
            <Button variant="default" size="sm" onClick={onMatchAgain}>
              {mappingCopy.again}
            </Button>
          )}
        </div>
        {!destination && <NameStyleField rows={rows} named={named} onChange={onChange} />}
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
              name={nameOf(row.source)}
              label={names.nameLabel(row.source)}
              targets={targets}
              faults={faults.get(row.source) ?? noFaults}
              onChange={onChange}
            />
          ))}
      </ul>
    </>
  );
}
