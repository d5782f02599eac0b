import type { MappingFault } from "@headgate/core";
import { Button, Checkbox } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { memo } from "react";
import { fieldId } from "../../../../ui/field.ts";
import { mappingCopy } from "./copy.ts";
import { DestinationName } from "./destination-name.tsx";
import type { MappingChange, MappingRow } from "./mapping-rows.ts";
import classes from "./mapping.module.css";

type Props = {
  readonly row: MappingRow;
  /** Where the column stands among those that travel; undefined when it does not. */
  readonly position: number | undefined;
  /** The columns of an existing destination table; undefined when names are free. */
  readonly targets: readonly { readonly name: string; readonly type: string }[] | undefined;
  readonly faults: readonly MappingFault[];
  readonly onChange: (change: MappingChange) => void;
};

/** One column: whether it travels, what it is, and its name on arrival. */
export const ColumnRow = memo(function ColumnRow({ row, position, targets, faults, onChange }: Props) {
  const { source, send, field } = row;
  const id = fieldId(position === undefined ? `column.${source}` : `fields.${position}.destination`);
  const readable = field?.readable ?? false;
  return (
    <li className={classes.column} data-sent={send || undefined}>
      <Checkbox
        className={classes.tick}
        checked={send}
        disabled={!readable && !send}
        onChange={(event) => onChange({ type: "send", sources: new Set([source]), send: event.currentTarget.checked })}
        aria-label={mappingCopy.send(source)}
        label={
          <span className={classes.source}>
            <span className={classes.name}>{source}</span>
            <span className={classes.type}>{field ? field.type : mappingCopy.gone}</span>
            {field && !readable && <span className={classes.type}>{mappingCopy.unreadable}</span>}
          </span>
        }
      />
      <IconArrowRight size={17} className={classes.arrow} aria-hidden />
      {field ? (
        <DestinationName id={id} row={row} targets={targets} faults={faults} onChange={onChange} />
      ) : (
        <Button
          variant="default"
          size="sm"
          aria-label={mappingCopy.removeLabel(source)}
          onClick={() => onChange({ type: "remove", source })}
        >
          {mappingCopy.remove}
        </Button>
      )}
      {faults.length > 0 && (
        <div id={`${id}-faults`} className={classes.faults}>
          {faults.map(({ code, severity, message }) => (
            <p key={code} data-severity={severity}>
              {message}
            </p>
          ))}
        </div>
      )}
    </li>
  );
});
