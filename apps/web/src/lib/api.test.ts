import { checkConnection, getConnection, listRuns, signIn } from "@headgate/contract";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, eventStream, fakeServer, refusal } from "../testing/fake-server.ts";
import { user } from "../testing/examples.ts";
import { AnswerError, ProblemError, UnreachableError } from "./api-errors.ts";
import { call, openStream } from "./api.ts";

const connectionId = "3b2c1d0e-9f8a-4b7c-8d6e-223344556677";
const flowId = "2a1b0c9d-8e7f-4a6b-9c5d-112233445566";
const credentials = { email: "ada@example.com", password: "correct horse battery" };

afterEach(() => vi.unstubAllGlobals());

describe("call", () => {
  it("sends JSON with the header that foreign pages cannot send, and parses the answer [R12]", async () => {
    const { calls } = fakeServer({ "POST /api/session": () => answer(user) });
    expect(await call(signIn, { body: credentials })).toEqual(user);
    expect(calls[0]?.headers.get("x-headgate")).toBe("1");
    expect(calls[0]?.headers.get("content-type")).toBe("application/json");
    expect(calls[0]?.body).toEqual(credentials);
  });

  it("fills the path and the query", async () => {
    const { calls } = fakeServer({ [`GET /api/flows/${flowId}/runs?limit=5`]: () => answer({ runs: [] }) });
    await call(listRuns, { params: { flowId }, query: { limit: 5 } });
    expect(calls).toHaveLength(1);
  });

  it("cannot be led to another address by what it is given", async () => {
    const { calls } = fakeServer({});
    await expect(call(getConnection, { params: { connectionId: "../session?x=" } })).rejects.toThrow(ProblemError);
    expect(calls[0]?.path).toBe("/api/connections/..%2Fsession%3Fx%3D");
  });

  it("throws the server's refusal with its fields", async () => {
    const fields = { "settings.host": "Enter the server address." };
    fakeServer({ "POST /api/session": () => refusal({ type: "error:request/invalid", status: 422, fields }) });
    const error: unknown = await call(signIn, { body: credentials }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem.fields).toEqual(fields);
  });

  it("tells a server that is away from one that refuses", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(call(signIn, { body: credentials })).rejects.toThrow(UnreachableError);
    fakeServer({ "POST /api/session": () => new Response("<h1>Bad gateway</h1>", { status: 502 }) });
    await expect(call(signIn, { body: credentials })).rejects.toThrow(UnreachableError);
  });

  it("does not pass on an answer the contract does not know", async () => {
    fakeServer({ "POST /api/session": () => answer({ ...user, id: 7 }) });
    await expect(call(signIn, { body: credentials })).rejects.toThrow(AnswerError);
  });
});

describe("openStream", () => {
  const path = `POST /api/connections/${connectionId}/check`;

  async function collect() {
    const events = [];
    for await (const event of openStream(checkConnection, { params: { connectionId } })) events.push(event);
    return events;
  }

  it("yields events however the bytes are cut, and passes over pings", async () => {
    const chunks = [
      ': ping\n\ndata: {"type":"stage","sta',
      'ge":"name","status":"running"}\n',
      '\n: ping\n\ndata: {"type":"stage","stage":"name","status":"passed","note":"Zoë"}\n\n',
    ];
    fakeServer({ [path]: () => eventStream(chunks) });
    expect(await collect()).toEqual([
      { type: "stage", stage: "name", status: "running" },
      { type: "stage", stage: "name", status: "passed", note: "Zoë" },
    ]);
  });

  it("throws the refusal when the stream never opens", async () => {
    fakeServer({ [path]: () => refusal({ type: "error:connection/not-found", status: 404 }) });
    await expect(collect()).rejects.toThrow(ProblemError);
  });

  it("throws when an event is not what the contract says", async () => {
    fakeServer({ [path]: () => eventStream(['data: {"type":"surprise"}\n\n']) });
    await expect(collect()).rejects.toThrow(AnswerError);
  });
});
