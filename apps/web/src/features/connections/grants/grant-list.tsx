import type { CheckedGrant } from "@headgate/contract";
import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { grantCopy } from "./copy.ts";
import { grantState, type GrantState } from "./grant-state.ts";
import classes from "./grant-list.module.css";

const signs = { granted: IconCheck, missing: IconX, unknown: IconMinus } as const satisfies Record<GrantState, unknown>;

/** Every line with a sign, a word for those who do not see it, what it is for, and its SQL. */
export function GrantList({ lines }: { readonly lines: readonly CheckedGrant[] }): ReactElement {
  return (
    <ul className={classes.list} aria-label={grantCopy.script}>
      {lines.map((line) => {
        const state = grantState(line);
        const Sign = signs[state];
        return (
          <li key={line.id} className={classes.line} data-state={state} data-optional={line.optional || undefined}>
            <span className={classes.sign} aria-hidden>
              <Sign size={14} stroke={2.6} />
            </span>
            <div className={classes.words}>
              <span className="visually-hidden">{grantCopy.states[state]}: </span>
              {line.sentence}
              {line.optional && <span className={classes.optional}>{grantCopy.optional}</span>}
              <code className={classes.sql}>{line.sql}</code>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
