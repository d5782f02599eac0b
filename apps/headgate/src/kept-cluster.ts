import { appendFile } from "node:fs";
import { startCluster, type Cluster, type ClusterOptions } from "@headgate/store/embedded";
import { backOff, type Pause } from "./back-off.ts";

export type KeptCluster = { readonly cluster: Cluster; stop(): Promise<void> };

export type KeptClusterOptions = ClusterOptions & {
  readonly name: string;
  readonly logFile: string;
  readonly report: (text: string) => void;
};

/** A PostgreSQL server that is started again, on the same port, when it ends although nobody stopped it. */
export async function keepCluster(options: KeptClusterOptions): Promise<KeptCluster> {
  const { name, logFile, report, ...rest } = options;
  const onLog = (text: string) => appendFile(logFile, text, () => {});
  let pause: Pause | undefined;
  let stopping = false;
  let cluster = await startCluster({ ...rest, onLog });
  const { port } = cluster;
  const watched = watch();

  async function watch(): Promise<void> {
    const delays = backOff();
    for (;;) {
      await cluster.exited;
      if (stopping) return;
      report(`PostgreSQL (${name}) ended unexpectedly and is started again. Its log: ${logFile}`);
      pause = delays.next();
      await pause.over;
      if (stopping) return;
      try {
        cluster = await startCluster({ ...rest, port, onLog });
      } catch (error) {
        report(error instanceof Error ? error.message : String(error));
      }
    }
  }

  return {
    cluster,
    stop: async () => {
      stopping = true;
      pause?.cutShort();
      await cluster.stop();
      await watched;
    },
  };
}
