import { describeSchema, describeStream, discoverCatalog, previewQuery, previewStream } from "@headgate/connectors";
import { endpoints } from "@headgate/contract";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { reach } from "./reach.ts";

/** What can be found at a connection. Every answer is a verdict: a database that refuses is not a fault of ours. */
export function catalogRoutes(api: Api): void {
  mount(api, endpoints.getCatalog, ({ context, params, signal }) =>
    reach(context, params.connectionId, signal, (target, ctx) => discoverCatalog(target, ctx)),
  );
  mount(api, endpoints.getSchemaStreams, ({ context, params, query, signal }) =>
    reach(context, params.connectionId, signal, (target, ctx) => describeSchema(target, query.schema, ctx)),
  );
  mount(api, endpoints.getStream, ({ context, params, query, signal }) =>
    reach(context, params.connectionId, signal, (target, ctx) => describeStream(target, query, ctx)),
  );
  mount(api, endpoints.getPreview, ({ context, params, query, signal }) =>
    reach(context, params.connectionId, signal, (target, ctx) => previewStream(target, query, ctx)),
  );
  mount(api, endpoints.describeQuery, ({ context, params, body, signal }) =>
    reach(context, params.connectionId, signal, (target, ctx) => previewQuery(target, body, ctx)),
  );
}
