import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { spawnTethered, spawnTetheredNode } from "./tether.ts";

describe.runIf(process.platform !== "win32")("what we start", () => {
  it("leaves no image of its memory behind when it crashes, nor lets a signal open it to a debugger [R35]", async () => {
    const look = `const { execSync } = require("node:child_process");
      console.log(String(execSync("ulimit -c; ulimit -H -c")).split("\\n"), process.execArgv.includes("--disable-sigusr1"))`;
    const child = spawnTetheredNode(["--eval", look], process.env);
    expect(child.stdout && (await buffer(child.stdout)).toString()).toBe("[ '0', '0', '' ] true\n");
  });

  it("nor does PostgreSQL [R35]", async () => {
    const child = spawnTethered("/bin/sh", ["-c", "ulimit -c; ulimit -H -c"], { signal: "TERM" });
    expect((await buffer(child.stdout)).toString()).toBe("0\n0\n");
  });
});
