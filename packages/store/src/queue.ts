import { PgBoss } from "pg-boss";
import type { Pool } from "pg";
import { z } from "zod";
import type { Queryable } from "./db.ts";

const queueName = "runs";
const deadLetterName = "runs-dead";

/** What travels through the queue: ids only, the `runs` row is the truth. */
const runJobSchema = z.object({ runId: z.string(), flowId: z.string() });
export type RunJob = z.infer<typeof runJobSchema>;

export type WorkOptions = {
  /** Runs at the same time in this process. */
  readonly concurrency?: number;
  /** Told about trouble of the queue itself, for example a lost connection to the store; it recovers on its own. */
  readonly onError?: (error: Error) => void;
};

/**
 * Wakes workers. Losing or repeating a job does no harm: a lease and an epoch decide who executes a run, and the
 * scheduler's tick sends again what nobody works on.
 */
export type RunQueue = {
  /** Adds jobs on the given connection, so that they appear with its transaction; a flow already queued is left alone. */
  send(client: Queryable, ...jobs: RunJob[]): Promise<void>;
  /** Takes jobs until `stop`. The signal fires when the queue has given the job to another worker or is stopping. */
  work(handler: (job: RunJob, signal: AbortSignal) => Promise<void>, options?: WorkOptions): Promise<void>;
  /** Stops taking jobs and waits for those under way, at most `timeoutMilliseconds` (30,000). */
  stop(timeoutMilliseconds?: number): Promise<void>;
};

/** Measured: a killed worker's job starts elsewhere after about heartbeat + supervise seconds. */
const heartbeatSeconds = 15;
const superviseIntervalSeconds = 5;
const pollSeconds = 1;

const queueOptions = {
  policy: "exclusive",
  heartbeatSeconds,
  // pg-boss' most. A longer run keeps its lease, is taken by nobody else, and is sent again by the tick.
  expireInSeconds: 86_400,
  retryLimit: 5,
  retryDelay: 1,
  deleteAfterSeconds: 3_600,
  deadLetter: deadLetterName,
  notify: true,
} as const;

/** Creates pg-boss' schema and our queues; part of migrating. */
export async function installQueue(pool: Pool): Promise<void> {
  const boss = new PgBoss({ db: over(pool), schedule: false, supervise: false });
  boss.on("error", () => {});
  await boss.start();
  try {
    await boss.createQueue(deadLetterName, { policy: "standard", deleteAfterSeconds: 3_600 });
    await boss.createQueue(queueName, queueOptions);
    const { policy: _fixed, ...changeable } = queueOptions;
    await boss.updateQueue(queueName, changeable);
  } finally {
    await boss.stop({ graceful: false });
  }
}

export type QueueOptions = {
  /** Silence after which a worker's job goes to another, in place of 15; pg-boss allows 10 or more. */
  readonly heartbeatSeconds?: number;
};

/** Opens the queue for sending; `work` opens a second, supervising client with its own LISTEN connection. */
export async function openQueue(pool: Pool, databaseUrl: string, options: QueueOptions = {}): Promise<RunQueue> {
  const sender = new PgBoss({ db: over(pool), schedule: false, supervise: false, migrate: false });
  sender.on("error", () => {});
  await sender.start();
  let taker: PgBoss | undefined;

  return {
    async send(client, ...jobs) {
      if (jobs.length === 0) return;
      await sender.insert(
        queueName,
        jobs.map(({ runId, flowId }) => ({ data: { runId, flowId }, singletonKey: flowId, ...options })),
        { db: over(client) },
      );
    },
    async work(handler, { concurrency = 4, onError = () => {} } = {}) {
      if (taker) throw new Error("This process takes jobs already.");
      taker = new PgBoss({
        connectionString: databaseUrl,
        application_name: "headgate-queue",
        max: 4,
        schedule: false,
        migrate: false,
        superviseIntervalSeconds,
        // The heartbeat is watched in the monitor pass, whose own default is a minute.
        monitorIntervalSeconds: superviseIntervalSeconds,
        useListenNotify: true,
      });
      taker.on("error", onError);
      await taker.start();
      await taker.work(
        queueName,
        {
          batchSize: 1,
          localConcurrency: concurrency,
          pollingIntervalSeconds: pollSeconds,
          notifyPollingIntervalSeconds: pollSeconds,
        },
        async (jobs) => {
          for (const job of jobs) await handler(runJobSchema.parse(job.data), job.signal);
        },
      );
    },
    async stop(timeoutMilliseconds = 30_000) {
      await taker?.stop({ graceful: true, timeout: timeoutMilliseconds });
      await sender.stop({ graceful: false });
    },
  };
}

function over(db: Queryable): { executeSql(text: string, values?: unknown[]): Promise<{ rows: never[] }> } {
  return {
    async executeSql(text, values) {
      // Several statements in one text answer with an array; pg-boss reads the rows of the last.
      const answer: unknown = await db.query(text, values);
      const result = Array.isArray(answer) ? answer.at(-1) : answer;
      return result as { rows: never[] };
    },
  };
}
