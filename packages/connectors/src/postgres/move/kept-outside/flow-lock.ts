import type { Session } from "../../session.ts";

/** A number of 64 bits for an advisory lock of the destination: two flows have the same by chance only. */
function lockNumber(flowId: string): string {
  return BigInt.asIntN(64, BigInt(`0x${flowId.replaceAll("-", "").slice(0, 16)}`)).toString();
}

/** Waits until no other transaction writes for this flow, and keeps it so until this one ends. Needs no right. */
export async function lockFlow(session: Session, flowId: string): Promise<void> {
  await session.query("select pg_catalog.pg_advisory_xact_lock($1::bigint)", [lockNumber(flowId)]);
}

/** Ends the session of an earlier attempt that still writes for this flow, or is frozen. */
export async function endLockHolder(session: Session, flowId: string): Promise<void> {
  await session.query(
    `select pg_catalog.pg_terminate_backend(l.pid) from pg_catalog.pg_locks l
      where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.pid <> pg_catalog.pg_backend_pid()
        and (l.classid::bigint << 32) | l.objid::bigint = $1::bigint`,
    [lockNumber(flowId)],
  );
}
