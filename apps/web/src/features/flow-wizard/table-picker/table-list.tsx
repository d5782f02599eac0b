import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type Ref } from "react";
import { keyOf, type TableItem } from "./table-search.ts";
import { TableOption } from "./table-option.tsx";
import { useListKeys } from "./use-list-keys.ts";
import { pickerCopy } from "./copy.ts";
import classes from "./table-picker.module.css";

/** Height of one option in pixels; fixed, so that 10,000 of them need no measuring. */
const optionHeight = 56;
const visibleOptions = 8;

type Props = {
  readonly items: readonly TableItem[];
  readonly selectedKey: string | undefined;
  /** Show each table's schema, because the list holds several. */
  readonly showSchema: boolean;
  readonly label: string;
  readonly onSelect: (item: TableItem) => void;
  /** The option under the keyboard or pointer, readable or not. */
  readonly onLook: (item: TableItem) => void;
  readonly listRef?: Ref<HTMLDivElement>;
};

/** A listbox that stays quick with 10,000 tables: only the options in sight are in the page. */
export function TableList({ items, selectedKey, showSchema, label, onSelect, onLook, listRef }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const found = items.findIndex((item) => keyOf(item) === selectedKey);
  const [moved, setMoved] = useState<number>();
  const active = Math.min(moved ?? Math.max(found, 0), items.length - 1);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => optionHeight,
    overscan: 4,
    initialRect: { width: 400, height: optionHeight * visibleOptions },
  });

  useEffect(() => {
    setMoved(undefined);
    if (found >= 0) virtual.scrollToIndex(found, { align: "center" });
    else virtual.scrollToOffset(0);
    // oxlint-disable-next-line react/exhaustive-deps -- only a new list moves the view; choosing inside it must not make it jump
  }, [items]);

  const moveTo = (index: number): void => {
    const item = items[index];
    if (!item) return;
    setMoved(index);
    virtual.scrollToIndex(index);
    onLook(item);
    if (item.readable) onSelect(item);
  };

  const onKeyDown = useListKeys({
    count: items.length,
    active,
    page: visibleOptions - 1,
    nameAt: (index) => items[index]?.name ?? "",
    onMove: moveTo,
    onChoose: moveTo,
  });

  return (
    <div className={classes.frame} ref={listRef}>
      <div
        ref={scroller}
        className={classes.scroller}
        role="listbox"
        aria-label={label}
        aria-activedescendant={items[active] ? optionId(active) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        style={{ maxHeight: optionHeight * visibleOptions + 8 }}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = items[index];
            if (!item) return null;
            return (
              <TableOption
                key={keyOf(item)}
                id={optionId(index)}
                item={item}
                selected={index === found}
                active={index === active}
                showSchema={showSchema}
                position={{ index, count: items.length, top: start, height: optionHeight }}
                onPick={() => moveTo(index)}
              />
            );
          })}
        </div>
      </div>
      <p className={classes.count}>{items.length === 0 ? null : pickerCopy.found(items.length)}</p>
    </div>
  );
}

function optionId(index: number): string {
  return `table-option-${index}`;
}
