import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/** What a line may hold besides its message (R30); anything else is dropped, so that no secret or value slips in. */
const allowedFields = new Set([
  "workerId",
  "version",
  "runId",
  "flowId",
  "connectionId",
  "attempt",
  "trigger",
  "status",
  "origin",
  "kind",
  "code",
  "rows",
  "bytes",
  "milliseconds",
  "count",
  "signal",
  "error",
]);

/** The worker's log: one JSON line per event, on standard output. */
export function createLog(level: string, destination: DestinationStream = standardOutput()): Log {
  const options = {
    level,
    base: { program: "worker" },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: object) => Object.fromEntries(Object.entries(fields).filter(([name]) => allowedFields.has(name))),
    },
    serializers: { error: describeError },
  };
  return pino(options, destination);
}

/**
 * Whoever reads the log may die before us, and then nobody can be told. pino's own writer waits for ever in that case:
 * the flush after a fatal line takes a broken pipe for a busy one (sonic-boom 4.2).
 */
function standardOutput(): DestinationStream {
  process.stdout.on("error", () => {});
  return process.stdout;
}

const mostCharacters = 300;

/**
 * The parts of an error that hold neither secrets nor rows. PostgreSQL quotes values in its messages and details, and
 * JSON's parser quotes its input, so of those only the code and the places are kept.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, severity, schema, table, column, constraint, routine } = error as Error & Record<string, unknown>;
  const quotes = severity !== undefined || error instanceof SyntaxError;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(quotes ? {} : { message: error.message.slice(0, mostCharacters) }),
    ...pickTexts({ code, severity, schema, table, column, constraint, routine }),
    stack: frames?.slice(0, 12).map((line) => line.trim()),
  };
}

function pickTexts(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === "string" ? [[name, value.slice(0, 100)]] : [])),
  );
}
