import { setTimeout as pause } from "node:timers/promises";
import { getReadiness } from "@headgate/contract";

const patienceMs = 60_000;

/** Waits until the web server says that it, the store and a worker are ready. */
export async function untilReady(address: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let last = "it does not answer";
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const answer = await ask(address, signal);
    if (answer === "ready") return;
    last = answer ?? last;
    await pause(50, undefined, { signal });
  }
  throw new Error(`Headgate did not get ready within a minute: ${last}. Its logs say more.`);
}

async function ask(address: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(`${address}/readyz`, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
    const answer = getReadiness.response.parse(await response.json());
    if (answer.ready) return "ready";
    const { store, migrations, worker } = answer;
    return [store, migrations, worker].find((part) => !part.ready)?.detail;
  } catch {
    return undefined;
  }
}
