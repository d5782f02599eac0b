import { LedgerLost, type DeliveryLedger } from "@headgate/connectors";
import {
  acknowledgeBatch,
  beginDelivery,
  finishDelivery,
  keepReading,
  planBatch,
  restartDelivery,
  type ClaimedRun,
  type Store,
} from "@headgate/store";

/** The state of a flow towards a destination that keeps none, in our own store and fenced by the run's epoch. */
export function deliveryLedger({ db }: Pick<Store, "db">, run: ClaimedRun): DeliveryLedger {
  const required = async (held: Promise<boolean>): Promise<void> => {
    if (!(await held)) throw new LedgerLost();
  };
  return {
    begin: async () => {
      const begun = await beginDelivery(db, run);
      if (!begun) throw new LedgerLost();
      return begun;
    },
    restart: () => required(restartDelivery(db, run)),
    keepReading: (reading) => required(keepReading(db, run, reading)),
    plan: ({ seq, to, rows, sha256 }) => required(planBatch(db, run, { seq, position: to, rows, sha256 })),
    acknowledge: (settled) => required(acknowledgeBatch(db, run, settled)),
    finish: (position) => required(finishDelivery(db, run, position)),
  };
}
