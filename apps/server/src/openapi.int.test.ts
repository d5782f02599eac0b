import { endpoints, type AnyEndpoint } from "@headgate/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly requestBody?: object;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { schema: object }>> }>>;
};
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: object } };

let server: TestServer;
let document: Document;
beforeAll(async () => {
  server = await startTestServer();
  document = (await server.ask("get", "/api/openapi.json", { as: "nobody" })).json<Document>();
});
afterAll(() => server.stop());

function operationOf({ method, path }: AnyEndpoint): Operation | undefined {
  return document.paths[path.replace(/:([A-Za-z]+)/g, "{$1}")]?.[method];
}

test("the document is OpenAPI 3.1 and holds every request of the contract, and no other", () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  const described = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(described.toSorted()).toEqual(Object.keys(endpoints).toSorted());
});

test.each(Object.entries<AnyEndpoint>(endpoints))("%s is described completely", (name, endpoint) => {
  const operation = operationOf(endpoint);
  expect(operation).toMatchObject({ operationId: name, summary: endpoint.summary, tags: [endpoint.tag] });
  const type = endpoint.kind === "json" ? "application/json" : "text/event-stream";
  expect(operation?.responses["200"]?.content[type]?.schema).toBeDefined();
  expect(operation?.responses["default"]?.content["application/problem+json"]?.schema).toBeDefined();
  expect(operation?.security).toHaveLength(endpoint.access === "public" ? 0 : 1);
  expect(operation?.requestBody === undefined).toBe(endpoint.method === "get");
  const inPath = (operation?.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
  expect(inPath).toEqual([...endpoint.path.matchAll(/:([A-Za-z]+)/g)].map(([, param]) => param));
});

test("every reference inside the document leads somewhere", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path);
  expect(references).not.toEqual([]);
  for (const path of references) {
    const found = path.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
    expect(found).toBeDefined();
  }
});
