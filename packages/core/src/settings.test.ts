import { describe, expect, it } from "vitest";
import { describeSettingsFaults, parseSettings, settingsTable } from "./settings.ts";

const key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const databaseUrl = "postgres://headgate:hunter2-secret@db.lan:5432/headgate";

describe("parseSettings", () => {
  it("needs nothing", () => {
    expect(parseSettings({})).toEqual({
      ok: true,
      settings: {
        host: "127.0.0.1",
        port: 4000,
        dataDir: ".headgate",
        egressAllow: [],
        trustProxy: [],
        rateLimits: "on",
        logLevel: "info",
      },
    });
  });

  it("reads every setting", () => {
    const env = {
      HEADGATE_HOST: "0.0.0.0",
      HEADGATE_PORT: "8080",
      HEADGATE_DATA_DIR: "/srv/head gate",
      DATABASE_URL: databaseUrl,
      HEADGATE_MASTER_KEY: key,
      HEADGATE_EGRESS_ALLOW: "db.lan, 10.0.0.0/8,[fd00::1],*.internal,127.0.0.1:5432",
      HEADGATE_TRUST_PROXY: "10.0.0.5, 192.168.0.0/16,::1,fd00::/8",
      HEADGATE_RATE_LIMITS: "off",
      HEADGATE_LOG_LEVEL: "debug",
    };
    expect(parseSettings(env)).toEqual({
      ok: true,
      settings: {
        host: "0.0.0.0",
        port: 8080,
        dataDir: "/srv/head gate",
        databaseUrl,
        masterKey: key,
        egressAllow: ["db.lan", "10.0.0.0/8", "[fd00::1]", "*.internal", "127.0.0.1:5432"],
        trustProxy: ["10.0.0.5", "192.168.0.0/16", "::1", "fd00::/8"],
        rateLimits: "off",
        logLevel: "debug",
      },
    });
  });

  it("takes a blank one as not set", () => {
    expect(parseSettings({ HEADGATE_PORT: "", DATABASE_URL: " " })).toMatchObject({ ok: true });
  });

  it("names all faults at once", () => {
    const verdict = parseSettings({ HEADGATE_PORT: "65536", HEADGATE_LOG_LEVEL: "loud", HEADGATE_HOST: "a b" });
    expect(verdict.ok).toBe(false);
    expect(faultNames(verdict)).toEqual(["HEADGATE_HOST", "HEADGATE_PORT", "HEADGATE_LOG_LEVEL"]);
  });

  it.each(["0", "-1", "1e3", "4000.5", "0x50", "99999", "4000 "])("refuses the port %j", (port) => {
    expect(faultNames(parseSettings({ HEADGATE_PORT: port }))).toEqual(["HEADGATE_PORT"]);
  });

  it.each(["db.lan/headgate", "mysql://u@h/d", "postgres://u@h", "postgres:///d"])(
    "refuses the database URL %j",
    (url) => {
      expect(faultNames(parseSettings({ DATABASE_URL: url, HEADGATE_MASTER_KEY: key }))).toEqual(["DATABASE_URL"]);
    },
  );

  it.each(["true", "1", "proxy.lan", "10.0.0.0/33", "10.0.0.5,", "0.0.0.0/0", "::/0"])(
    "refuses to trust the proxy %j, which is no address or everybody [R15]",
    (proxy) => {
      expect(faultNames(parseSettings({ HEADGATE_TRUST_PROXY: proxy }))).toEqual(["HEADGATE_TRUST_PROXY"]);
    },
  );

  it("asks for a master key when the database is not ours, instead of making one silently [R21]", () => {
    const verdict = parseSettings({ DATABASE_URL: databaseUrl });
    expect(faultNames(verdict)).toEqual(["HEADGATE_MASTER_KEY"]);
    expect(verdict).toHaveProperty("faults.0.message", expect.stringContaining("openssl rand -base64 32"));
    expect(parseSettings({ DATABASE_URL: databaseUrl, HEADGATE_MASTER_KEY_FILE: "/run/key" })).toMatchObject({
      ok: true,
    });
  });

  it.each(["short", "c2hvcnQ=", `${key}${key}`])("refuses the master key %j, which is not 32 bytes [R21]", (weak) => {
    expect(faultNames(parseSettings({ HEADGATE_MASTER_KEY: weak }))).toEqual(["HEADGATE_MASTER_KEY"]);
  });

  it("refuses two places for the master key", () => {
    const env = { HEADGATE_MASTER_KEY: key, HEADGATE_MASTER_KEY_FILE: "/run/key" };
    expect(faultNames(parseSettings(env))).toEqual(["HEADGATE_MASTER_KEY"]);
  });

  it("takes an unknown name for a typing error and guesses what was meant", () => {
    const verdict = parseSettings({ HEADGATE_PROT: "8080", HEADGATE_NEW_IDEA: "1", HEADGATE_PRACTICE_FILE: "/x" });
    expect(faultNames(verdict)).toEqual(["HEADGATE_PROT", "HEADGATE_NEW_IDEA"]);
    expect(verdict).toHaveProperty("faults.0.message", expect.stringContaining("but HEADGATE_PORT is"));
    expect(verdict).toHaveProperty("faults.1.message", "is not a setting of Headgate");
  });

  it("never repeats a secret", () => {
    const verdict = parseSettings({ DATABASE_URL: "postgres//u:hunter2@h/d", HEADGATE_MASTER_KEY: "hunter2" });
    expect(verdict.ok ? "" : describeSettingsFaults(verdict.faults)).not.toContain("hunter2");
  });
});

it("describes faults as one readable line each", () => {
  const verdict = parseSettings({ HEADGATE_PORT: "none" });
  expect(verdict.ok ? "" : describeSettingsFaults(verdict.faults)).toMatch(
    /^Headgate cannot start.*:\n {2}HEADGATE_PORT must be a port between 1 and 65535\.$/,
  );
});

it("explains every setting in the table", () => {
  expect(settingsTable).toHaveLength(11);
  for (const row of settingsTable) expect(row.meaning).not.toBe("");
  expect(settingsTable.find(({ name }) => name === "HEADGATE_PORT")?.default).toBe("4000");
});

function faultNames(verdict: ReturnType<typeof parseSettings>): string[] {
  return verdict.ok ? [] : verdict.faults.map(({ name }) => name);
}
