/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   laying a table out as cards takes its roles away in some browsers, so they are said again */
import type { ReactElement, ReactNode } from "react";
import classes from "./data-table.module.css";

export type Column<Row> = {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "right";
  /** Names the row for assistive technology; exactly one column should. */
  readonly rowHeader?: boolean;
  /** Left out where the table is a stack of cards, for figures that a page of their own shows too. */
  readonly wideOnly?: boolean;
  /** The heading is only there for those who do not see the layout, for example above a row of buttons. */
  readonly hideHeader?: boolean;
};

type Props<Row> = {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
};

/** A real table on wide screens, a stack of cards below 600 px. */
export function DataTable<Row>({ caption, columns, rows, rowKey }: Props<Row>): ReactElement {
  return (
    <div className={classes.frame}>
      <table className={classes.table} role="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ key, header, align, hideHeader }) => (
              <th key={key} scope="col" role="columnheader" data-align={align}>
                {hideHeader ? <span className="visually-hidden">{header}</span> : header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row">
              {columns.map(({ key, header, cell, align, rowHeader, hideHeader, wideOnly }) => {
                const label = rowHeader || hideHeader ? undefined : header;
                return rowHeader ? (
                  <th key={key} scope="row" role="rowheader" data-align={align}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} role="cell" data-align={align} data-label={label} data-wide-only={wideOnly}>
                    {cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
