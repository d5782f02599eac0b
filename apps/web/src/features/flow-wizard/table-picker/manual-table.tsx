import type { TableName } from "@headgate/contract";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { quoteIdentifier } from "../../../lib/messages/admin-message.ts";
import { pickerCopy } from "./copy.ts";
import { parseTableName } from "./table-search.ts";

type Props = { readonly value: TableName | undefined; readonly onSelect: (table: TableName) => void };

/** The way on for those who may read a table but not list them. */
export function ManualTable({ value, onSelect }: Props) {
  const [text, setText] = useState(() => (value ? asTyped(value) : ""));
  const [fault, setFault] = useState<string>();

  return (
    <TextInput
      mt="lg"
      label={pickerCopy.manual}
      description={pickerCopy.manualHint}
      value={text}
      error={fault}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const table = parseTableName(event.currentTarget.value);
        if (table) onSelect(table);
        if (table) setFault(undefined);
      }}
      onBlur={() => setFault(text !== "" && !parseTableName(text) ? pickerCopy.manualFault : undefined)}
    />
  );
}

function asTyped({ schema, name }: TableName): string {
  return [schema, name].map((part) => (/[."]/.test(part) ? quoteIdentifier(part) : part)).join(".");
}
