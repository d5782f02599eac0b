export {
  makeAuthority,
  makePfx,
  type Authority,
  type CertificateOptions,
  type KeyAndCertificate,
} from "./certificates.ts";
export {
  createDatabase,
  createRole,
  openDatabase,
  sharedServer,
  withClient,
  type DatabaseOptions,
  type TestDatabase,
  type TestRole,
} from "./database.ts";
export { openDeafPort, type DeafPort } from "./deaf-port.ts";
export { hasPgBouncer, startPgBouncer } from "./pgbouncer.ts";
export { startPooler, type Pooler } from "./pooler.ts";
export { freePort } from "@headgate/store/embedded";
export { listen, type Listener } from "./listen.ts";
export { watchOutbound, type OutboundWatch } from "./outbound.ts";
export { startProxy, type Proxy } from "./proxy.ts";
export { startFaultProxy, type Fault, type FaultAction, type FaultProxy, type PassingMessage } from "./fault-proxy.ts";
export { canary, makeModelTables, modelSchemas, type ModelTables, type Modes } from "./model-tables.ts";
export { brokenInvariants, type Aftermath } from "./invariants.ts";
export { limitFiles } from "./file-limit.ts";
export { startSlowProxy, type SlowLine, type SlowProxy } from "./slow-proxy.ts";
export { startStandby, type Standby } from "./standby.ts";
export { startPostgres, type ServerAddress, type TestServer, type TestServerOptions } from "./server.ts";
export { makeTestFolder, type TestFolder } from "./test-folder.ts";
export { createStore, type TestStore } from "./store.ts";
export { startProduct, type Ending, type Product, type ProductOptions } from "./product.ts";
export { descendantsOf, untilGone } from "./processes.ts";
export { makeHostKey, startSshServer, type SshServer, type SshServerOptions } from "./ssh-server.ts";
export { startTokenEndpoint, type TokenEndpoint, type TokenEndpointOptions } from "./token-endpoint.ts";
export { startSshDaemon, type SshDaemon } from "./ssh-daemon.ts";
export { startHttpServer, type HttpReply, type HttpServer, type ReceivedRequest } from "./http-server.ts";
export {
  startEventReceiver,
  type EventReceiver,
  type EventReceiverOptions,
  type ReceivedEvent,
} from "./event-receiver.ts";
export { startS3Server, type S3Server, type S3ServerOptions } from "./s3-server.ts";
