import { IconEye, IconKey, IconLock, IconTable } from "@tabler/icons-react";
import { memo } from "react";
import { formatBytes, formatEstimate } from "../../../lib/format/numbers.ts";
import { kindNames, pickerCopy } from "./copy.ts";
import type { TableItem } from "./table-search.ts";
import classes from "./table-picker.module.css";

type Props = {
  readonly id: string;
  readonly item: TableItem;
  readonly selected: boolean;
  readonly active: boolean;
  readonly showSchema: boolean;
  readonly position: {
    readonly index: number;
    readonly count: number;
    readonly top: number;
    readonly height: number;
  };
  readonly onPick: () => void;
};

/** One table in the list: its name, what it is, how big it is, and whether rows can be told apart. */
export const TableOption = memo(function TableOption(props: Props) {
  const { id, item, selected, active, showSchema, position, onPick } = props;
  const isView = item.kind === "view" || item.kind === "materialized_view";
  const Icon = item.readable ? (isView ? IconEye : IconTable) : IconLock;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the listbox around it takes the keys; see useListKeys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-disabled={!item.readable || undefined}
      aria-setsize={position.count}
      aria-posinset={position.index + 1}
      data-active={active || undefined}
      className={classes.option}
      style={{ height: position.height, transform: `translateY(${position.top}px)` }}
      onClick={onPick}
    >
      <Icon size={20} stroke={1.6} className={classes.icon} aria-hidden />
      <span className={classes.words}>
        <span className={classes.name}>
          {showSchema && <span className={classes.schema}>{item.schema}.</span>}
          {item.name}
          {item.keyColumns && (
            <span className={classes.key} title={pickerCopy.key(item.keyColumns)}>
              <IconKey size={15} stroke={1.8} aria-hidden />
              <span className="visually-hidden">{pickerCopy.key(item.keyColumns)}</span>
            </span>
          )}
        </span>
        <span className={classes.facts}>{factsOf(item)}</span>
      </span>
      <span className={classes.size}>
        <span>{item.readable ? formatEstimate(item.rowEstimate) : pickerCopy.unreadable}</span>
        {item.readable && item.bytes !== undefined && item.bytes !== null && item.bytes > 0 && (
          <span>{formatBytes(item.bytes)}</span>
        )}
      </span>
    </div>
  );
});

function factsOf({ kind, columnCount, comment }: TableItem): string {
  const facts = [
    ...(kind === "table" && comment ? [] : [kindNames[kind]]),
    ...(columnCount === undefined || comment ? [] : [pickerCopy.columns(columnCount)]),
    ...(comment ? [comment] : []),
  ];
  return facts.join(" · ");
}
