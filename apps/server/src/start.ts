import path from "node:path";
import { createEgressGate, runsInContainer, type Lookup } from "@headgate/connectors";
import type { Settings } from "@headgate/core";
import { pruneSignIn, type Store } from "@headgate/store";
import express from "express";
import { pino } from "pino";
import { configureApp } from "./app.ts";
import type { PracticeTargets, ServerContext } from "./context.ts";
import { describeError } from "./http/describe-error.ts";
import { rateLimits } from "./http/rate-limits.ts";
import { ownServices } from "./own-services.ts";

export type StartOptions = {
  readonly settings: Omit<Settings, "dataDir" | "masterKey" | "masterKeyFile">;
  readonly store: Store;
  readonly version: string;
  readonly practice?: PracticeTargets;
  /** Where the built web application lies. */
  readonly webFolder?: string;
  readonly log?: ServerContext["log"];
  /** In place of the operating system's resolver. */
  readonly lookup?: Lookup;
  /** In place of what the operating system shows. */
  readonly inContainer?: boolean;
};

export type RunningServer = { readonly url: string; close(): Promise<void> };

/** How often sessions that have ended are cleared away. */
const pruneMilliseconds = 15 * 60_000;

/** How long requests under way may take once the server stops. */
const drainMilliseconds = 10_000;

/**
 * Listens and answers; the store stays the caller's. Port 0 takes a free one.
 * @throws when the port is taken or an endpoint has no handler.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { settings, store, version, practice, webFolder = defaultWebFolder() } = options;
  const log = options.log ?? pino({ level: settings.logLevel, base: { part: "server" } });
  const stopping = new AbortController();
  const app = express();
  app.set("trust proxy", settings.trustProxy.length > 0 && [...settings.trustProxy]);
  const server = app.listen(settings.port, settings.host);
  await new Promise<void>((resolve, reject) => server.once("listening", resolve).once("error", reject));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : settings.port;
  const loopbackAllowed = isLoopbackHost(settings.host);

  // Nothing is accepted before this turn of the event loop ends, so no request sees a half-built site.
  try {
    const rules = {
      allow: [...settings.egressAllow],
      loopbackAllowed,
      permit: practice ? [practice.source.settings, practice.destination.settings] : [],
      refuse: ownServices(settings, port),
    };
    const gate = createEgressGate(rules, options.lookup);
    const context = {
      store,
      gate,
      filesDir: settings.filesDir,
      practice,
      version,
      loopbackAllowed,
      inContainer: options.inContainer ?? runsInContainer(),
      log,
      rateLimits: settings.rateLimits === "on" ? rateLimits : {},
      stopping: stopping.signal,
    };
    configureApp(app, context, webFolder);
  } catch (error) {
    server.close();
    throw error;
  }
  // Slow senders of headers or bodies do not get to hold connections.
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;

  const prune = setInterval(() => {
    pruneSignIn(store.db).catch((error: unknown) => log.warn({ err: describeError(error) }, "Pruning failed."));
  }, pruneMilliseconds).unref();

  const shown = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
  return {
    url: `http://${shown}:${port}`,
    close: () =>
      new Promise((resolve) => {
        stopping.abort();
        clearInterval(prune);
        const cut = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
        // A line whose last answer is out is kept open for the next question; there will be none.
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(sweep);
          resolve();
        });
      }),
  };
}

/** Whether only this machine itself can reach what listens there. */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Beside the sources in a checkout and beside the bundle alike. */
function defaultWebFolder(): string {
  return path.resolve(import.meta.dirname, "../../web/dist");
}
