import type {
  CheckVerdict,
  Connection,
  ConnectionAnswers,
  GrantRequest,
  Draft,
  Stream,
  StepId,
  TypedSteps,
} from "@headgate/contract";
import { judgeStep, neededGrants } from "@headgate/core";
import { answer, eventStream, fakeServer, refusal, type Call } from "../fake-server.ts";
import { connection, crm, customers, preview, row, shop } from "./samples.ts";

type Given = {
  readonly draft: Draft;
  readonly connections?: readonly Connection[];
  readonly sourceTables?: readonly Stream[];
  readonly destinationTables?: readonly Stream[];
  readonly verdict?: CheckVerdict;
  /** The ids of grants that are not there; asked anew with every look. */
  readonly missingGrants?: () => readonly string[];
  readonly answers?: Parameters<typeof fakeServer>[0];
};

export const works: CheckVerdict = {
  status: "succeeded",
  kind: "postgres",
  serverVersion: "18.4",
  tableCount: 128,
  milliseconds: 12,
  latencyMs: 0.4,
  encryption: { encrypted: true, verified: true, protocol: "TLSv1.3" },
  hints: [],
};

/** The draft and connection endpoints with the real rules of `core`; what a test needs differently goes into `answers`. */
export function wizardServer(given: Given) {
  const connections: readonly Connection[] = given.connections ?? [shop, crm];
  const state = { draft: given.draft, connections: [...connections] };
  const { id } = state.draft;
  const created = "33333333-3333-4333-8333-333333333333";
  const verdictEvent = `data: ${JSON.stringify({ type: "verdict", verdict: given.verdict ?? works })}\n\n`;

  const answers: Parameters<typeof fakeServer>[0] = {
    [`GET /api/drafts/${id}`]: () => answer(state.draft),
    [`PUT /api/drafts/${id}/step`]: (call) => saveStep(call),
    [`GET /api/drafts/${id}/create-table`]: () =>
      answer({ status: "succeeded", sql: "create table public.customers ();" }),
    [`POST /api/drafts/${id}/dry-run`]: () =>
      answer({
        status: "succeeded",
        read: 1204,
        created: 1200,
        updated: 4,
        unchanged: 0,
        skipped: 0,
        deleted: 0,
        milliseconds: 90,
      }),
    [`POST /api/drafts/${id}/publish`]: () => answer({ flowId: id, runId: null }),
    "GET /api/tunnels": () => answer({ tunnels: [] }),
    "GET /api/connections": () => answer({ connections: state.connections }),
    "POST /api/connections": ({ body }) => {
      const { secrets, ...rest } = body as ConnectionAnswers;
      const shared = connection({ id: created, name: rest.name, lastCheck: null });
      const stored = Object.keys(secrets).map((field) => [field, { set: true, updatedAt: shared.createdAt }]);
      const made = { ...shared, ...rest, ...(rest.kind !== "postgres" && { secrets: Object.fromEntries(stored) }) };
      state.connections.unshift(made as Connection);
      return answer(state.connections[0]);
    },
    ...Object.fromEntries([...state.connections, { id: created }].flatMap((one) => connectionAnswers(one.id))),
    ...tableAnswers(shop.id, given.sourceTables ?? [customers]),
    ...tableAnswers(crm.id, given.destinationTables ?? []),
    ...given.answers,
  };
  return { ...fakeServer(answers), state };

  function connectionAnswers(connectionId: string): [string, (call: Call) => Response][] {
    const find = () => state.connections.find((candidate) => candidate.id === connectionId);
    return [
      [`GET /api/connections/${connectionId}`, () => answer(find())],
      [
        `PUT /api/connections/${connectionId}`,
        ({ body }) => {
          const { secrets: _secrets, ...rest } = body as ConnectionAnswers & { revision: number };
          const changed = { ...find(), ...rest, revision: rest.revision + 1, lastCheck: null } as Connection;
          state.connections = state.connections.map((one) => (one.id === connectionId ? changed : one));
          return answer(changed);
        },
      ],
      [`POST /api/connections/${connectionId}/check`, () => eventStream([verdictEvent])],
      [`POST /api/connections/${connectionId}/grants`, ({ body }) => grants(body as GrantRequest, find())],
    ];
  }

  function grants(question: GrantRequest, of: Connection | undefined): Response {
    const { database, user } = of?.kind === "postgres" ? of.settings : shop.settings;
    const facts = { database, user, owners: ["app"], tableExists: true, sequences: [], state: "schema" } as const;
    const missing = given.missingGrants?.() ?? [];
    const lines = neededGrants(question, facts).map(({ right: _right, ...line }) => ({
      ...line,
      granted: !missing.includes(line.id),
    }));
    return answer({ status: "succeeded", user, lines, rowSecurity: null });
  }

  function saveStep({ body }: Call): Response {
    const save = body as { step: StepId; revision: number; values: TypedSteps[StepId]; finished: boolean };
    if (save.revision !== state.draft.revision) return refusal({ type: "error:draft/outdated", status: 409 });
    const steps = { ...state.draft.steps, [save.step]: save.values };
    const verdict = judgeStep(save.step, steps);
    if (save.finished && !verdict.complete) {
      const fields = Object.fromEntries(verdict.faults.map(({ field, message }) => [field, message]));
      return refusal({ type: "error:request/invalid", status: 422, fields });
    }
    state.draft = { ...state.draft, revision: save.revision + 1, steps };
    return answer(state.draft);
  }
}

function tableAnswers(connectionId: string, streams: readonly Stream[]): Parameters<typeof fakeServer>[0] {
  const at = `GET /api/connections/${connectionId}`;
  const named = streams.flatMap((one) => {
    const query = new URLSearchParams({ schema: one.schema, name: one.name }).toString();
    return [
      [`${at}/catalog/table?${query}`, () => answer({ status: "succeeded", stream: one })],
      [`${at}/preview?${query}`, () => answer({ status: "succeeded", preview })],
    ];
  });
  return {
    [`${at}/catalog`]: () =>
      answer({
        status: "succeeded",
        schemas: [{ name: "public", tableCount: streams.length, mayCreate: true }],
        streams,
        serverVersion: "18.4",
      }),
    [`${at}/catalog/schema?schema=public`]: () => answer({ status: "succeeded", streams: streams.map(row) }),
    ...Object.fromEntries(named),
  };
}
