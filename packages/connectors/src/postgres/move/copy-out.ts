import { to as copyTo } from "pg-copy-streams";
import type { Session } from "../session.ts";

export type RowStream = ReturnType<typeof copyTo>;

/** Lets the rows of a SELECT flow out of a server; `options` as COPY writes them, `(format binary)`. */
export function copyOut(session: Session, select: string, options: string): RowStream {
  const reader = copyTo(`copy (${select}) to stdout ${options}`);
  return session.client.query(session.isGuarded() ? sentAlone(reader) : reader);
}

type Wire = Record<"parse" | "bind" | "execute", (part: object) => void> & { sync(): void };
type Insides = {
  readonly text: string;
  connection: Wire;
  _attach(): void;
  _parse(chunk: Buffer): boolean | undefined;
  submit(connection: Wire): void;
};

const copyOutResponse = "H".charCodeAt(0);
const errorResponse = "E".charCodeAt(0);

/**
 * pg-copy-streams 7 asks by the simple protocol, where `) q) to stdout; commit; delete …` would be obeyed. By the
 * extended one the server refuses a second statement; its answers to the parts before the copying are passed over here.
 */
function sentAlone(reader: RowStream): RowStream {
  const inner = reader as unknown as Insides;
  const parse = inner._parse.bind(inner);
  let ahead: Buffer | undefined = Buffer.alloc(0);
  inner.submit = (connection) => {
    inner.connection = connection;
    inner._attach();
    connection.parse({ name: "", text: inner.text, types: [] });
    connection.bind({ portal: "", statement: "", values: [], binary: false });
    connection.execute({ portal: "", rows: 0 });
    connection.sync();
  };
  inner._parse = (chunk) => {
    if (!ahead) return parse(chunk);
    ahead = Buffer.concat([ahead, chunk]);
    while (ahead.length >= 5 && ahead[0] !== copyOutResponse && ahead[0] !== errorResponse) {
      const end = 1 + ahead.readUInt32BE(1);
      if (ahead.length < end) return true;
      ahead = ahead.subarray(end);
    }
    if (ahead.length < 5) return true;
    const rest = ahead;
    ahead = undefined;
    return parse(rest);
  };
  return reader;
}
