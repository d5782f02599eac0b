import { likelySecret } from "@headgate/core";
import { Button, Checkbox } from "@mantine/core";
import { IconArrowRight, IconLock } from "@tabler/icons-react";
import { memo } from "react";
import { fieldId } from "../../../../ui/field.ts";
import type { RowFault } from "./column-list.tsx";
import { mappingCopy } from "./copy.ts";
import { DestinationName } from "./destination-name.tsx";
import type { MappingChange, MappingRow } from "./mapping-rows.ts";
import { secretWords } from "./mapping-words.ts";
import classes from "./mapping.module.css";

type Props = {
  readonly row: MappingRow;
  /** The field of the answers it is. */
  readonly name: string;
  /** Names the field of a free name. */
  readonly label: string;
  /** The columns of an existing destination table; undefined when names are free. */
  readonly targets: readonly { readonly name: string; readonly type: string }[] | undefined;
  readonly faults: readonly RowFault[];
  readonly onChange: (change: MappingChange) => void;
};

/** One column: whether it travels, what it is, and its name on arrival. */
export const ColumnRow = memo(function ColumnRow({ row, name, label, targets, faults, onChange }: Props) {
  const { source, send, field } = row;
  const id = fieldId(name);
  const secret = targets ? undefined : likelySecret(source);
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
        <DestinationName {...{ id, label, row, targets, faults, onChange }} />
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
          {faults.map(({ severity, message }) => (
            <p key={message} data-severity={severity}>
              {message}
            </p>
          ))}
        </div>
      )}
      {secret && (
        <p className={classes.guard}>
          <IconLock size={15} stroke={1.9} aria-hidden />
          {(send ? mappingCopy.secretSent : mappingCopy.secretLeft)(secretWords[secret])}
        </p>
      )}
    </li>
  );
});
