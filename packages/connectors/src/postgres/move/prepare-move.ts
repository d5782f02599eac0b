import { requireStreamAt } from "./require-stream.ts";
import { idents, tableIdent } from "../identifiers.ts";
import { limitsOf, type PostgresContext } from "../context.ts";
import type { Session } from "../session.ts";
import { planColumns, type MovePlan } from "./column-plan.ts";
import { copyRows } from "./copy-rows.ts";
import type { MoveProgress } from "./move-progress.ts";
import type { Sides } from "./open-sides.ts";
import { takeSnapshot } from "./source-snapshot.ts";
import type { WriteJob } from "./write-rows.ts";

export type PreparedMove = {
  readonly rowsEstimated: number | null;
  readonly write: WriteJob;
};

/** Takes the source's snapshot, looks at both tables as they are now and plans how the rows will travel. */
export async function prepareMove(
  plan: MovePlan,
  { source, destination }: { readonly source: Session; readonly destination: Session },
  sides: Sides,
  context: PostgresContext,
  progress: MoveProgress,
): Promise<PreparedMove> {
  const { lockMs, stallMs, quietMs } = limitsOf(context);
  const snapshot = await sides.at("source", () => takeSnapshot(source, plan.source.table, lockMs));
  const table = plan.destination.table;
  const into = await sides.at("destination", () => requireStreamAt(destination, table, "destination"));
  const columns = planColumns(plan, snapshot.stream, into);
  const select = `select ${idents(columns.sourceColumns)} from ${tableIdent(plan.source.table)}`;
  return {
    rowsEstimated: snapshot.stream.rowEstimate,
    write: {
      session: destination,
      table,
      destination: into,
      plan: columns,
      transfer: async (where) => {
        const format = columns.format;
        const order = { select, into: where, format, stallMs, quietMs, onRows: progress.rows };
        const tally = await copyRows(source, destination, order);
        // However long the destination merges, the source need not keep its snapshot.
        await sides.at("source", async () => {
          await snapshot.verify();
          await source.execute("commit");
        });
        return tally;
      },
      onMerging: () => progress.enter("merging"),
    },
  };
}
