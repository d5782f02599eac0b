import type { Session } from "../../session.ts";
import { beginDestination } from "../../settled.ts";
import type { LineWatch } from "../line-watch.ts";

/** A session at the destination in which one page after the other is written. */
export type Lane = { readonly session: Session; readonly watch: LineWatch };

/** Begins the transaction of a page. */
export async function beginPage({ session, watch }: Lane, lockMs: number): Promise<void> {
  await session.execute(beginDestination(lockMs));
  await watch.beganTransaction();
}

/** The lanes of a run: two where a page is copied while the one before it is merged. */
export type Lanes = {
  readonly count: () => number;
  readonly at: (page: number) => Lane;
  /** Puts a new session in place of one that is lost, or that was left in the middle. */
  readonly renew: (page: number) => Promise<void>;
  /** Opens the second lane. Where the login may have no more sessions, one has to do. */
  readonly widen: () => Promise<void>;
};

export function openLanes(first: Lane, open: () => Promise<Lane>): Lanes {
  const lanes = [first];
  const at: Lanes["at"] = (page) => lanes[page % lanes.length] ?? first;
  return {
    count: () => lanes.length,
    at,
    renew: async (page) => {
      at(page).watch.end();
      await at(page).session.stop();
      lanes[page % lanes.length] = await open();
    },
    widen: async () => {
      const second = await open().catch(() => undefined);
      if (second) lanes.push(second);
    },
  };
}
