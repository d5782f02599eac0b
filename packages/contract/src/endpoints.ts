import * as catalog from "./catalog.ts";
import * as connections from "./connections.ts";
import * as drafts from "./drafts.ts";
import type { AnyEndpoint } from "./endpoint.ts";
import * as flows from "./flows.ts";
import * as grants from "./grants.ts";
import * as rotation from "./rotate-secret.ts";
import * as rejectedRows from "./rejected-rows.ts";
import * as runs from "./runs.ts";
import * as signIn from "./sign-in.ts";
import * as system from "./system.ts";
import * as tunnels from "./tunnels.ts";
import * as undo from "./undo.ts";

/** Every request the server answers, by name. The server refuses to start when one has no handler. */
export const endpoints = {
  getSetup: signIn.getSetup,
  completeSetup: signIn.completeSetup,
  getSession: signIn.getSession,
  signIn: signIn.signIn,
  signOut: signIn.signOut,
  changePassword: signIn.changePassword,
  listConnections: connections.listConnections,
  createConnection: connections.createConnection,
  getConnection: connections.getConnection,
  updateConnection: connections.updateConnection,
  deleteConnection: connections.deleteConnection,
  exportConnection: connections.exportConnection,
  checkConnection: connections.checkConnection,
  rotateSecret: rotation.rotateSecret,
  checkGrants: grants.checkGrants,
  listTunnels: tunnels.listTunnels,
  createTunnel: tunnels.createTunnel,
  getTunnel: tunnels.getTunnel,
  updateTunnel: tunnels.updateTunnel,
  deleteTunnel: tunnels.deleteTunnel,
  readHostKey: tunnels.readHostKey,
  acceptHostKey: tunnels.acceptHostKey,
  getCatalog: catalog.getCatalog,
  getSchemaStreams: catalog.getSchemaStreams,
  getStream: catalog.getStream,
  getPreview: catalog.getPreview,
  describeQuery: catalog.describeQuery,
  listDrafts: drafts.listDrafts,
  createDraft: drafts.createDraft,
  getDraft: drafts.getDraft,
  saveStep: drafts.saveStep,
  deleteDraft: drafts.deleteDraft,
  previewCreateTable: drafts.previewCreateTable,
  dryRunDraft: drafts.dryRunDraft,
  publishDraft: drafts.publishDraft,
  listFlows: flows.listFlows,
  getFlow: flows.getFlow,
  runFlow: flows.runFlow,
  rereadFlow: flows.rereadFlow,
  takeBackReread: flows.takeBackReread,
  pauseFlow: flows.pauseFlow,
  resumeFlow: flows.resumeFlow,
  deleteFlow: flows.deleteFlow,
  listRuns: runs.listRuns,
  getRun: runs.getRun,
  watchRun: runs.watchRun,
  cancelRun: runs.cancelRun,
  confirmRun: runs.confirmRun,
  lookAtUndo: undo.lookAtUndo,
  undoRun: undo.undoRun,
  listRejectedRows: rejectedRows.listRejectedRows,
  retryRejectedRows: rejectedRows.retryRejectedRows,
  getHealth: system.getHealth,
  getReadiness: system.getReadiness,
  getSystem: system.getSystem,
} as const satisfies Record<string, AnyEndpoint>;

export type EndpointName = keyof typeof endpoints;
