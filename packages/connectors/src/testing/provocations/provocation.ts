import type { CheckCode, CheckEvent, CheckFailure, CheckRequest, CheckStage } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { listen, type TestDatabase, type TestServer } from "@headgate/testkit";
import type { Socket } from "node:net";
import { checkPostgres } from "../../postgres/check-postgres.ts";
import type { PostgresContext } from "../../postgres/context.ts";
import { contextWith } from "../targets.ts";

/** Servers that several provocations use. */
export type Arena = {
  /** Without encryption, with a table `orders` that its superuser can read. */
  readonly database: TestDatabase;
  /** Encrypted only; database `certified` asks for a client certificate, database `barred` lets nobody in. */
  readonly encrypted: TestServer;
};

export type Provoked = {
  readonly failure: CheckFailure | undefined;
  /** The stages that were told as failed while it went on. */
  readonly failedStages: readonly CheckStage[];
};

/** One way in which a check really comes to fail with a code. */
export type Provocation = {
  readonly how: string;
  readonly code: CheckCode;
  readonly stage: CheckStage;
  readonly facts?: Readonly<Record<string, string>>;
  readonly provoke: (arena: Arena) => Promise<Provoked>;
};

/** Checks a connection and tells how it failed, by its verdict and by its events. */
export async function provoked(
  target: PostgresTarget,
  context: PostgresContext = contextWith(),
  request: CheckRequest = {},
): Promise<Provoked> {
  const events: CheckEvent[] = [];
  const verdict = await checkPostgres(target, context, (event) => events.push(event), request);
  const failed = events.flatMap((one) => (one.type === "stage" && one.status === "failed" ? [one.stage] : []));
  return { failure: verdict.status === "failed" ? verdict.failure : undefined, failedStages: failed };
}

/** A target on this machine that nobody has to be. */
export function stranger(port: number, change: Partial<PostgresTarget> = {}): PostgresTarget {
  const who = { host: "127.0.0.1", database: "shop", user: "reader", password: "canary-hunter2" };
  return { ...who, tlsMode: "disable", port, ...change };
}

/** Checks a connection to a server that plays `answers`, one per message that it receives. */
export async function provokedBy(
  answers: readonly (Buffer | string)[],
  change: Partial<PostgresTarget> = {},
): Promise<Provoked> {
  return withListener(playing(answers), (port) => provoked(stranger(port, change)));
}

/** Checks against a server that does what `handle` says with each caller. */
export async function withListener<T>(handle: (socket: Socket) => void, work: (port: number) => Promise<T>) {
  const server = await listen(handle);
  try {
    return await work(server.port);
  } finally {
    await server.close();
  }
}

function playing(answers: readonly (Buffer | string)[]): (socket: Socket) => void {
  return (socket) => {
    const left = [...answers];
    socket.on("data", () => {
      const answer = left.shift();
      if (answer !== undefined) socket.write(typeof answer === "string" ? Buffer.from(answer, "latin1") : answer);
    });
  };
}
