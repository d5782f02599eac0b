export {
  WriterFault,
  type Acknowledgement,
  type BatchPlan,
  type BatchWriter,
  type Column,
  type CopyLines,
  type ReadyBatch,
  type RejectedRow,
  type RowBatch,
  type TextRow,
  type WriterOrder,
} from "./batch-writer.ts";
export type { DestinationContext } from "./delivery/destination-context.ts";
export { createEventWriter, type EventTarget } from "./events/event-writer.ts";
export type { DenialReason } from "./net/address-rules.ts";
export { authoritiesEnd, clientCertificateEnds, entraCertificateEnds } from "./net/certificate-ends.ts";
export { createEgressGate, type EgressGate } from "./net/egress-gate.ts";
export { tunnelDenial, type EgressRules } from "./net/egress-policy.ts";
export { materialFaults, type MaterialFault } from "./net/material-faults.ts";
export type { Lookup } from "./net/resolve-host.ts";
export { EgressRefusal } from "./net/egress-refusal.ts";
export { runsInContainer } from "./net/runs-in-container.ts";
export { makeSshKeyPair } from "./net/ssh/openssh-key.ts";
export { privateKeyFault, type PrivateKeyFault } from "./net/ssh/private-key-fault.ts";
export { describeSchema, type SchemaVerdict } from "./postgres/catalog/describe-schema.ts";
export { describeStream, type StreamVerdict } from "./postgres/catalog/describe-stream.ts";
export { discoverCatalog, type CatalogVerdict } from "./postgres/catalog/discover-catalog.ts";
export { previewStream, type PreviewVerdict } from "./postgres/catalog/preview-stream.ts";
export { checkPostgres } from "./postgres/check-postgres.ts";
export { defaultLimits, type Limits, type PostgresContext } from "./postgres/context.ts";
export { createTableSql, type NewTable } from "./postgres/create-table-sql.ts";
export { createTable, type CreateVerdict } from "./postgres/create-table.ts";
export { checkGrants } from "./postgres/grants/check-grants.ts";
export type { MovePlan } from "./postgres/move/column-plan.ts";
export { dryRun, type DryRunPlan } from "./postgres/move/dry-run.ts";
export { RunHeld } from "./postgres/move/mirror-guards.ts";
export type { OutsideState, StateKeeper } from "./postgres/move/kept-outside/state-keeper.ts";
export { moveRows, type Moved, type MoveOrder } from "./postgres/move/move-rows.ts";
export { lookAtUndo, undoRun, type UndoOrder } from "./postgres/move/undo/undo-run.ts";
export type { UndoneRun } from "./postgres/move/undo/undo-facts.ts";
export { RunFault } from "./postgres/move/run-fault.ts";
export { previewQuery, type QueryVerdict } from "./postgres/relation/preview-query.ts";
export { describeRelation } from "./postgres/relation/describe-relation.ts";
export { readHostKey } from "./postgres/read-host-key.ts";
export { checkReceiver } from "./receivers/check-receiver.ts";
export type { ReceiverContext } from "./receivers/receiver-context.ts";
export { createWebhookWriter, type WebhookTarget } from "./webhook/webhook-writer.ts";
export { createFileWriter, type FileTarget } from "./files/file-writer.ts";
export { openFolderPlace } from "./files/folder-place.ts";
export { openS3Place } from "./files/s3-place.ts";
export { decodeRow, decodeRows } from "./copy-text/decode-rows.ts";
export { readBatches, type BatchSize } from "./copy-text/read-batches.ts";
export { readyCopyOptions } from "./files/copy-options.ts";
export { LedgerLost, type Begun, type DeliveryLedger, type Settled } from "./send/delivery-ledger.ts";
export { foretellSending, type SendingPlan } from "./send/foretell-sending.ts";
export { sendRows, type SendContext, type SendOrder, type Sent } from "./send/send-rows.ts";
