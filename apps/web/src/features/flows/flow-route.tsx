import type { Flow } from "@headgate/contract";
import { IconArrowRight } from "@tabler/icons-react";
import type { ReactElement } from "react";
import classes from "./flow-route.module.css";
import { destinationWords, sourceWords } from "./table-words.ts";

/** From where to where, in one line that wraps on narrow screens. */
export function FlowRoute({ flow }: { readonly flow: Flow }): ReactElement {
  const { source, destination } = flow.definition;
  return (
    <span className={classes.route}>
      <span>
        {sourceWords(source)} <span className={classes.place}>in {flow.sourceName}</span>
      </span>
      <IconArrowRight size={15} aria-label="to" className={classes.arrow} />
      <span>
        {destinationWords(destination)} <span className={classes.place}>in {flow.destinationName}</span>
      </span>
    </span>
  );
}
