import type { Preview } from "@headgate/contract";
import type { ReactElement } from "react";
import { Callout } from "../../../ui/callout.tsx";
import { previewCopy } from "./copy.ts";
import classes from "./preview-table.module.css";

type Props = { readonly name: string; readonly preview: Preview };

/** Rows as the database writes them. */
export function PreviewGrid({ name, preview: { columns, rows } }: Props): ReactElement {
  if (rows.length === 0) return <Callout kind="info" title={previewCopy.empty} />;
  return (
    // Wide tables scroll sideways inside their frame; it takes focus so that the keyboard can do it too.
    <div className={classes.frame} role="region" aria-label={previewCopy.region(name)} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col">
                {column.name}
                <span className={classes.type}>{column.type}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Rows have no name of their own and never move.
            <tr key={index}>
              {columns.map((column, place) => (
                <Cell key={column.name} value={row[place] ?? null} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ value }: { readonly value: string | null }): ReactElement {
  if (value === null) return <td className={classes.nothing}>{previewCopy.nothing}</td>;
  return <td title={value.length > 40 ? value : undefined}>{value}</td>;
}
