import { endpoints } from "@headgate/contract";
import compression from "compression";
import express, { type Express } from "express";
import type { ServerContext } from "./context.ts";
import type { Api } from "./http/api.ts";
import { Refusal } from "./http/refusal.ts";
import { reportTo, requestLog } from "./http/request-log.ts";
import { nonceOf, securityHeaders } from "./http/security-headers.ts";
import { answerErrors } from "./http/send-problem.ts";
import { staticFiles } from "./http/static-files.ts";
import { openApiDocument } from "./openapi.ts";
import { referencePage } from "./reference-page.ts";
import { catalogRoutes } from "./routes/catalog.ts";
import { checkRoutes } from "./routes/check.ts";
import { connectionRoutes } from "./routes/connections.ts";
import { draftRoutes } from "./routes/drafts.ts";
import { undoRoutes } from "./routes/undo-run.ts";
import { dryRunRoutes } from "./routes/dry-run.ts";
import { flowRoutes } from "./routes/flows.ts";
import { grantRoutes } from "./routes/grants.ts";
import { publishRoutes } from "./routes/publish.ts";
import { rotateRoutes } from "./routes/rotate.ts";
import { runRoutes } from "./routes/runs.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import { systemRoutes } from "./routes/system.ts";
import { tunnelRoutes } from "./routes/tunnels.ts";
import { watchRunRoutes } from "./routes/watch-run.ts";

const routes = [
  systemRoutes, signInRoutes, connectionRoutes, checkRoutes, rotateRoutes, grantRoutes, catalogRoutes, draftRoutes,
  dryRunRoutes, publishRoutes, flowRoutes, runRoutes, undoRoutes, watchRunRoutes, tunnelRoutes,
]; // prettier-ignore

/** Puts the whole site on `app`. @throws when an endpoint of the contract has no handler. */
export function configureApp(app: Express, context: ServerContext, webFolder: string): Api {
  app.disable("x-powered-by");
  app.use(requestLog(context.log), securityHeaders(), compression());

  app.use("/api", (_req, res, next) => {
    res.set("cache-control", "no-store");
    next();
  });

  const api: Api = { router: express.Router({ caseSensitive: true, strict: true }), context, mounted: new Set() };
  for (const mountRoutes of routes) mountRoutes(api);
  const missing = Object.entries(endpoints).filter(([, endpoint]) => !api.mounted.has(endpoint));
  if (missing.length > 0) throw new Error(`No handler for ${missing.map(([name]) => name).join(", ")}.`);

  const document = openApiDocument(context.version);
  app.get("/api/openapi.json", (_req, res) => void res.json(document));
  app.get("/api/reference", (_req, res) => void res.type("html").send(referencePage(context.version, nonceOf(res))));
  app.use(api.router);
  staticFiles(app, webFolder);
  app.use(() => {
    throw new Refusal("error:request/not-found");
  });
  app.use(answerErrors(reportTo(context.log)));
  return api;
}
