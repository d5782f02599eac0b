import { setTimeout as pause } from "node:timers/promises";
import { isStoreUnavailable } from "@headgate/store";
import type { Log } from "./log.ts";

type Duty = {
  readonly name: string;
  readonly everyMs: number;
  readonly work: () => Promise<unknown>;
};

/**
 * Does something again and again until the signal fires. A failure never ends it: the store may be away for a while.
 * Each trouble is logged once when it begins and once when it is over.
 */
export async function keepDoing({ name, everyMs, work }: Duty, log: Log, signal: AbortSignal): Promise<void> {
  let troubled = false;
  while (!signal.aborted) {
    try {
      await work();
      if (troubled) log.info(`${name}: works again`);
      troubled = false;
    } catch (error) {
      if (!troubled) log.error({ error }, `${name}: ${isStoreUnavailable(error) ? "the store is away" : "failed"}`);
      troubled = true;
    }
    await pause(everyMs, undefined, { signal }).catch(() => {});
  }
}
