import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { startEventReceiver } from "@headgate/testkit";
import { expect, it } from "vitest";

const program = path.join(import.meta.dirname, "..", "testing", "write-events.ts");

function start(origin: string): ChildProcess {
  return spawn(process.execPath, [program, origin], { stdio: ["ignore", "pipe", "inherit"] });
}

async function exitOf(child: ChildProcess): Promise<unknown[]> {
  return child.exitCode === null && child.signalCode === null
    ? once(child, "exit")
    : [child.exitCode, child.signalCode];
}

it.each([0, 2, 4])(
  "a process killed at request %i repeats the same ids, and the receiver holds every event once [F1 HTTP]",
  async (at) => {
    const victim: { child?: ChildProcess } = {};
    const receiver = await startEventReceiver({
      script: (_request, number) => {
        if (number !== at) return undefined;
        victim.child?.kill("SIGKILL");
        return { after: "cut" };
      },
    });
    try {
      victim.child = start(receiver.origin);
      expect((await exitOf(victim.child))[1]).toBe("SIGKILL");
      const before = receiver.taken();
      const [code] = await exitOf(start(receiver.origin));
      expect(code).toBe(0);
      expect(new Set([...receiver.events.values()].map(({ userId }) => userId)).size).toBe(100);
      expect(receiver.events.size).toBe(100);
      expect(receiver.taken()).toBe(before + 100);
    } finally {
      await receiver.close();
    }
  },
);
