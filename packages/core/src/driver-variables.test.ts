import { expect, it } from "vitest";
import { removeDriverVariables } from "./driver-variables.ts";

it("takes away what drivers would read behind our back, and nothing else [R56]", () => {
  const foreign = {
    PGHOST: "evil.example",
    PGPASSWORD: "canary",
    PGSSLMODE: "disable",
    PGSERVICEFILE: "/etc/passwd",
    SSH_AUTH_SOCK: "/tmp/agent",
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    NODE_EXTRA_CA_CERTS: "/tmp/ca.pem",
    NODE_USE_ENV_PROXY: "1",
  };
  const own = { PATH: "/bin", DATABASE_URL: "postgres://x", HEADGATE_PORT: "4000", NODE_ENV: "production", LANG: "C" };
  const env: Record<string, string | undefined> = { ...foreign, ...own };
  expect(removeDriverVariables(env)).toEqual(Object.keys(foreign));
  expect(env).toEqual(own);
});
