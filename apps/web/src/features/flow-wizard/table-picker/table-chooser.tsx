import type { PostgresConnection, TableName } from "@headgate/contract";
import { Button, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { connectionQueries } from "../../connections/queries.ts";
import { pickerCopy } from "./copy.ts";
import { TableList } from "./table-list.tsx";
import { findTables, firstSchema, keyOf, searchable, type TableItem } from "./table-search.ts";
import classes from "./table-picker.module.css";

type Catalog = {
  readonly schemas: readonly { readonly name: string; readonly tableCount: number }[];
  readonly streams: readonly TableItem[];
};

const everySchema = "\0";

type Props = {
  readonly connection: PostgresConnection;
  readonly catalog: Catalog;
  readonly value: TableName | undefined;
  readonly kinds: readonly TableItem["kind"][] | undefined;
  readonly onSelect: (table: TableName) => void;
  readonly onLook: ((item: TableItem) => void) | undefined;
};

/** The search box, the schemas and the list of one catalog that was read. */
export function TableChooser({ connection, catalog, value, kinds, onSelect, onLook }: Props) {
  const [schema, setSchema] = useState(() => value?.schema ?? firstSchema(catalog.schemas) ?? everySchema);
  const [words, setWords] = useState("");
  const settledWords = useDeferredValue(words);
  const open = schema === everySchema ? null : schema;
  const details = useQuery({ ...connectionQueries.schema(connection.id, open ?? ""), enabled: open !== null });
  const known = details.data?.status === "succeeded" ? details.data.streams : undefined;
  const tables = useMemo(
    () => searchable(kinds ? catalog.streams.filter(({ kind }) => kinds.includes(kind)) : catalog.streams, known ?? []),
    [catalog.streams, kinds, known],
  );
  const items = useMemo(() => findTables(tables, settledWords, open), [tables, settledWords, open]);
  const search = useRef<HTMLInputElement>(null);
  useSlash(() => search.current?.focus());

  return (
    <>
      <div className={classes.controls}>
        <Select
          label={pickerCopy.schema}
          data={schemaChoices(catalog)}
          value={schema}
          onChange={(name) => setSchema(name ?? everySchema)}
          allowDeselect={false}
          searchable={catalog.schemas.length > 8}
          disabled={words !== ""}
        />
        <TextInput
          ref={search}
          type="search"
          label={pickerCopy.search}
          placeholder={pickerCopy.searchPlaceholder}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      {items.length > 0 ? (
        <TableList
          items={items}
          selectedKey={value && keyOf(value)}
          showSchema={open === null || settledWords !== ""}
          label={pickerCopy.list}
          onSelect={({ schema: inSchema, name }) => onSelect({ schema: inSchema, name })}
          onLook={(item) => onLook?.(item)}
        />
      ) : (
        <NothingFound words={settledWords} onClear={() => setWords("")} />
      )}
    </>
  );
}

function NothingFound({ words, onClear }: { readonly words: string; readonly onClear: () => void }) {
  if (words.trim() === "") return <p className={classes.nothing}>{pickerCopy.emptySchema}</p>;
  const clear = (
    <Button variant="default" onClick={onClear}>
      {pickerCopy.clear}
    </Button>
  );
  return <Callout kind="info" role="status" title={pickerCopy.nothingFound(words)} actions={clear} />;
}

function schemaChoices({ schemas, streams }: Catalog) {
  const named = schemas.map(({ name, tableCount }) => ({
    value: name,
    label: pickerCopy.schemaCount(name, tableCount),
  }));
  return [{ value: everySchema, label: pickerCopy.allSchemas(streams.length) }, ...named];
}

/** `/` leads to the search box from anywhere but a text field. */
function useSlash(onSlash: () => void): void {
  const act = useRef(onSlash);
  useEffect(() => {
    act.current = onSlash;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, [contenteditable]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act.current();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
