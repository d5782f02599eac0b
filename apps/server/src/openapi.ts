import { endpoints, problemSchema, type AnyEndpoint } from "@headgate/contract";
import { createDocument, type ZodOpenApiOperationObject } from "zod-openapi";
import type { z } from "zod";

/** The OpenAPI 3.1 document of the whole contract. */
export function openApiDocument(version: string): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, endpoint] of Object.entries<AnyEndpoint>(endpoints)) {
    const path = endpoint.path.replace(/:([A-Za-z]+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method]: operation(name, endpoint) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Headgate",
      version,
      description:
        "Every change needs the session cookie, `content-type: application/json`, the header `x-headgate: 1` and an " +
        "`Origin` of Headgate itself. Refusals are problem details (RFC 9457).",
    },
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "__Host-headgate" } },
      schemas: { Problem: problemSchema },
    },
    paths,
  });
}

function operation(operationId: string, endpoint: AnyEndpoint): ZodOpenApiOperationObject {
  const { tag, summary, access, method } = endpoint;
  const requestParams = {
    ...(hasFields(endpoint.params) && { path: endpoint.params as z.ZodObject }),
    ...(hasFields(endpoint.query) && { query: endpoint.query as z.ZodObject }),
  };
  return {
    operationId,
    tags: [tag],
    summary,
    security: access === "public" ? [] : [{ session: [] }],
    ...(access !== "public" && { description: `Least role: ${access}.` }),
    ...(Object.keys(requestParams).length > 0 && { requestParams }),
    ...(method !== "get" && {
      requestBody: { required: true, content: { "application/json": { schema: endpoint.body } } },
    }),
    responses: {
      "200": success(endpoint),
      default: { description: "Refused.", content: { "application/problem+json": { schema: problemSchema } } },
    },
  };
}

function success(endpoint: AnyEndpoint): ZodOpenApiOperationObject["responses"]["200"] {
  if (endpoint.kind === "json")
    return { description: "Done.", content: { "application/json": { schema: endpoint.response } } };
  return { description: "Events as they happen.", content: { "text/event-stream": { schema: endpoint.event } } };
}

function hasFields(schema: z.ZodType): boolean {
  return "shape" in schema && Object.keys(schema.shape as object).length > 0;
}
