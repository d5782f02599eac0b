import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { descendantsOf } from "@headgate/testkit";
import type { RunningProduct } from "./fixtures.ts";

/** The process of the product's worker. */
export function workerPid(product: RunningProduct): number {
  const pid = descendantsOf(product.pid).find((candidate) =>
    /[/\\]worker[/\\]dist[/\\]main\.js/.test(commandOf(candidate)),
  );
  if (pid === undefined) throw new Error("The product has no worker.");
  return pid;
}

function commandOf(pid: number): string {
  try {
    return process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8")
      : execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    // It ended in the meantime.
    return "";
  }
}
