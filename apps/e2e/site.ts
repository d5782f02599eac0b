import {
  endpoints,
  stepIds,
  type BadRows,
  type Connection,
  type Endpoint,
  type Schedule,
  type StepAnswers,
  type ReadMode,
  type WriteMode,
} from "@headgate/contract";
import type { Account } from "./account.ts";

/** The product as a signed-in program sees it: for what a story needs but is not about. */
export type Site = { readonly url: string; readonly cookie: string };

export function siteOf(product: { readonly url: string }, { cookie }: Account): Site {
  return { url: product.url, cookie: `${cookie.name}=${cookie.value}` };
}

type Input = {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** One request of the contract; throws what the server said when it refused. */
export async function call<E extends Endpoint>(
  site: Site,
  endpoint: E,
  { params = {}, body }: Input = {},
): Promise<ReturnType<E["response"]["parse"]>> {
  const response = await send(site, endpoint, params, body);
  return endpoint.response.parse(await response.json()) as ReturnType<E["response"]["parse"]>;
}

async function send(
  { url, cookie }: Site,
  { method, path }: { readonly method: string; readonly path: string },
  params: Readonly<Record<string, string>>,
  body: unknown,
): Promise<Response> {
  const place = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const response = await fetch(url + place, {
    method: method.toUpperCase(),
    headers: {
      cookie,
      ...(method !== "get" && { "content-type": "application/json", "x-headgate": "1", origin: url }),
    },
    ...(method !== "get" && { body: JSON.stringify(body ?? {}) }),
  });
  if (!response.ok) throw new Error(`${method} ${place}: ${response.status} ${await response.text()}`);
  return response;
}

/** Where a connection leads, with the login it uses. */
export type Login = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
};

/** Saves a connection and tests it, as steps 1 and 2 do. */
export async function saveConnection(site: Site, login: Login, name = login.database): Promise<Connection> {
  const { host, port, database, user, password } = login;
  const body = { name, settings: { host, port, database, user, tlsMode: "prefer" }, secrets: { password } };
  const { id } = await call(site, endpoints.createConnection, { body });
  const check = await send(site, endpoints.checkConnection, { connectionId: id }, {});
  await check.text();
  return call(site, endpoints.getConnection, { params: { connectionId: id } });
}

export type FlowPlan = {
  readonly name: string;
  readonly source: Connection;
  readonly destination: Connection;
  /** The table on both sides, which exists on both. */
  readonly table: { readonly schema: string; readonly name: string };
  readonly columns: readonly string[];
  readonly writeMode: WriteMode;
  /** Absent: all rows in every run. */
  readonly readMode?: ReadMode;
  /** Absent: a refused row ends the run. */
  readonly badRows?: BadRows;
  readonly syncKey?: readonly string[];
  readonly schedule?: Schedule;
};

/** Answers all seven steps and starts the flow without a first run; its id. */
export async function makeFlow(site: Site, plan: FlowPlan): Promise<string> {
  const {
    name,
    source,
    destination,
    table,
    columns,
    writeMode,
    readMode = "full",
    badRows = "stop",
    syncKey = [],
    schedule = { kind: "manual" },
  } = plan;
  const draft = await call(site, endpoints.createDraft, { body: { practice: false } });
  const params = { draftId: draft.id };
  let { revision } = draft;
  const answers: StepAnswers = {
    credentials: { connectionId: source.id },
    test: { connectionId: source.id, connectionRevision: source.revision },
    table: { from: "table", ...table },
    destination: {
      kind: "postgres",
      connectionId: destination.id,
      target: "existing",
      ...table,
      writeMode,
      readMode,
      badRows,
      syncKey: [...syncKey],
    },
    mapping: { fields: columns.map((column) => ({ source: column, destination: column })) },
    schedule,
    review: { name, runNow: false },
  };
  for (const step of stepIds) {
    const body = { step, revision, values: answers[step], finished: true };
    ({ revision } = await call(site, endpoints.saveStep, { params, body }));
  }
  const { flowId } = await call(site, endpoints.publishDraft, { params, body: { revision } });
  return flowId;
}
