import { describe, expect, test } from "vitest";
import { parseConnectionText } from "../connection-text/parse-connection-text.ts";
import { providerTable } from "./provider-table.ts";
import { recognizeProvider } from "./recognize-provider.ts";

const hosts: [host: string, id: string, tlsMode: string][] = [
  ["shop.postgres.database.azure.com", "azure", "verify-full"],
  ["shop.postgres.database.usgovcloudapi.net", "azure", "verify-full"],
  ["shop.postgres.database.chinacloudapi.cn", "azure", "verify-full"],
  ["c-shop.abcdef.postgres.cosmos.azure.com", "azure", "verify-full"],
  ["shop.c9akciq32.eu-west-1.rds.amazonaws.com", "rds", "require"],
  ["shop.c9akciq32.cn-north-1.rds.amazonaws.com.cn", "rds", "require"],
  ["shop.cluster-c9akciq32.eu-west-1.rds.amazonaws.com", "aurora", "require"],
  ["shop.cluster-ro-c9akciq32.eu-west-1.rds.amazonaws.com", "aurora", "require"],
  ["shop.proxy-c9akciq32.eu-west-1.rds.amazonaws.com", "rds_proxy", "verify-full"],
  ["0123abcd.5678.europe-west1.sql.goog", "cloud_sql", "require"],
  ["my-project:europe-west1:shop", "cloud_sql", "require"],
  ["/cloudsql/my-project:europe-west1:shop", "cloud_sql", "require"],
  ["ep-cool-leaf-123456.us-east-2.aws.neon.tech", "neon", "verify-full"],
  ["db.abcdefghijklmnop.supabase.co", "supabase", "require"],
  ["aws-0-eu-central-1.pooler.supabase.com", "supabase", "require"],
  ["p.43lmodgbqvdmlpbjirv22dfciu.db.postgresbridge.com", "crunchy", "require"],
  ["pg-shop-team.a.aivencloud.com", "aiven", "require"],
  ["db-postgresql-fra1-1-do-user-1-0.b.db.ondigitalocean.com", "digitalocean", "require"],
];

const tips = (...server: Parameters<typeof recognizeProvider>) => recognizeProvider(...server)?.tips.join(" ") ?? "";

describe("a provider", () => {
  test.each(hosts)("%s is recognised as %s, with %s suggested", (host, id, tlsMode) => {
    expect(recognizeProvider({ host })).toMatchObject({ id, tlsMode });
    expect(recognizeProvider({ host: ` ${host.toUpperCase()} ` })).toMatchObject({ id });
  });

  test("of every kind has an example here", () => {
    expect(new Set([...hosts.map(([, id]) => id), "heroku"])).toEqual(new Set(providerTable.map(({ id }) => id)));
  });

  test.each(["db.example.com", "localhost", "10.0.0.1", "2001:db8::1", "::1", "neon.tech.evil.example", "a:b", ""])(
    "is not seen in %j",
    (host) => {
      expect(recognizeProvider({ host })).toBeUndefined();
    },
  );

  test("Heroku is told from Amazon by the name of its database", () => {
    const host = "ec2-54-1-2-3.eu-west-1.compute.amazonaws.com";
    expect(recognizeProvider({ host, database: "d8a7s6d5f4g3h2" })).toMatchObject({ id: "heroku" });
    expect(recognizeProvider({ host, database: "shop" })).toBeUndefined();
    const cluster = "c1234.cluster-czz5s0kz4scl.eu-west-1.rds.amazonaws.com";
    expect(recognizeProvider({ host: cluster, database: "d8a7s6d5f4g3h2" })).toMatchObject({ id: "heroku" });
  });

  test("says what its ports and addresses mean", () => {
    expect(tips({ host: "shop.postgres.database.azure.com", port: 6432 })).toContain("pooler");
    expect(tips({ host: "shop.postgres.database.azure.com", port: 5432 })).not.toContain("pooler");
    expect(tips({ host: "db.abcdefghijklmnop.supabase.co" })).toContain("IPv6 only");
    expect(tips({ host: "aws-0-eu-central-1.pooler.supabase.com", port: 6543, user: "postgres" })).toMatch(
      /user name carries the project.*transaction pooler/,
    );
    expect(tips({ host: "aws-0-eu-central-1.pooler.supabase.com", user: "postgres.abc" })).not.toContain("user name");
    expect(tips({ host: "ep-cool-leaf-1-pooler.us-east-2.aws.neon.tech" })).toContain("pooled address");
    expect(tips({ host: "p.x.db.postgresbridge.com", port: 5431 })).toContain("crunchy_pooler");
    expect(tips({ host: "private-db-1.b.db.ondigitalocean.com", port: 25061 })).toMatch(/pooler.*private address/);
    expect(tips({ host: "shop.cluster-ro-c9a.eu-west-1.rds.amazonaws.com" })).toContain("nothing can be written");
    expect(tips({ host: "my-project:europe-west1:shop" })).toContain("IP address");
  });

  test("is found in what a pasted string gives", () => {
    const parsed = parseConnectionText("postgresql://u:p@ep-cool-leaf-1.us-east-2.aws.neon.tech/shop?sslmode=require");
    expect(parsed.status === "parsed" && recognizeProvider({ host: "", ...parsed.fields })?.name).toBe("Neon");
  });
});
