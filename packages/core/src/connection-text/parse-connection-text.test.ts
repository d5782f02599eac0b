import { describe, expect, test } from "vitest";
import { parseConnectionText } from "./parse-connection-text.ts";

const parsed = (text: string) => {
  const answer = parseConnectionText(text);
  if (answer.status === "refused") throw new Error(answer.message);
  return answer;
};
const refusal = (text: string): string => {
  const answer = parseConnectionText(text);
  return answer.status === "refused" ? answer.message : `parsed as ${JSON.stringify(answer)}`;
};

describe("the Server=…; style", () => {
  test("reads the string of the Adobe guide [B62]", () => {
    const { style, fields } = parsed("Server=db.example.com;Database=shop;Port=5433;UID=reader;Password=s3cret");
    expect(style).toBe("ado");
    expect(fields).toEqual({
      host: "db.example.com",
      database: "shop",
      port: 5433,
      user: "reader",
      password: "s3cret",
    });
  });

  test("keeps a semicolon and an equals sign inside a quoted password [B63]", () => {
    expect(parsed(`Server=h;Password="a;b=c"`).fields.password).toBe("a;b=c");
    expect(parsed(`Server=h;Password="say ""hi"""`).fields.password).toBe('say "hi"');
    expect(parsed(`Server=h;Password='a;"b'`).fields.password).toBe('a;"b');
  });

  test("refuses a quotation mark that is never closed, without repeating the password [B64]", () => {
    const message = refusal(`Server=h;Password="s3cret;Port=5432`);
    expect(message).toContain("never closed");
    expect(message).not.toContain("s3cret");
  });

  test("refuses the same key with two values, and accepts it with one [B65]", () => {
    expect(refusal("Server=a;Server=b;Database=d")).toContain("Server twice");
    expect(refusal("Host=a;Server=b")).toContain("twice");
    expect(parsed("Server=a;Host=a").fields.host).toBe("a");
  });

  test("says so when an unquoted password was cut at its semicolon", () => {
    const message = refusal("Server=h;Password=abc;def=ghi;Port=5432");
    expect(message).toContain("double quotes");
    expect(message).not.toMatch(/abc|def|ghi/);
    expect(refusal("Server=h;Password=abc;def")).toContain("double quotes");
  });

  test.each([
    ["EncryptionMethod=0", "disable"],
    ["EncryptionMethod=1", "require"],
    ["EncryptionMethod=1;ValidateServerCertificate=0", "require"],
    ["EncryptionMethod=1;ValidateServerCertificate=1", "verify-full"],
    ["EncryptionMethod=1;ValidationServerCertificate=1", "verify-full"],
    ["EncryptionMethod=6", "prefer"],
    ["SSL Mode=VerifyFull", "verify-full"],
    ["SslMode=Require", "require"],
  ])("reads %s as %s", (text, mode) => {
    expect(parsed(`host=h;database=d;port=5432;uid=u;password=p;${text}`).fields.tlsMode).toBe(mode);
  });

  test("asks when encryption and blind trust contradict each other [B83]", () => {
    const { fields, notes } = parsed("Host=h;Username=u;sslmode=require;TrustServerCertificate=true");
    expect(fields).toEqual({ host: "h", user: "u" });
    expect(notes.join()).toContain("Choose the encryption yourself");
  });

  test("takes an empty password as none and says so [B84]", () => {
    const { fields, notes } = parsed("Server=h;UID=u;Password=;Database=d");
    expect(fields).not.toHaveProperty("password");
    expect(notes.join()).toContain("password is empty");
  });

  test("names settings that a flow does not need", () => {
    expect(parsed("Host=h;Pooling=true;Application Name=x").notes).toEqual([
      "Left out, because a flow does not need it: Pooling, Application Name.",
    ]);
  });
});

test("reads Azure Data Factory 1.0 and .NET in their own spelling", () => {
  const adf = "host=h.example;database=d;port=5432;uid=u;password=p;EncryptionMethod=1;ValidateServerCertificate=1";
  expect(parsed(adf)).toMatchObject({ style: "adf", fields: { host: "h.example", user: "u", tlsMode: "verify-full" } });
  const net = `HOST=h;Port=5433;database=d;User Name=u;Password="p;q";SSL Mode=VerifyCA;Max Pool Size=20`;
  expect(parsed(net)).toMatchObject({
    style: "npgsql",
    fields: { host: "h", port: 5433, database: "d", user: "u", password: "p;q", tlsMode: "verify-ca" },
    notes: ["Left out, because a flow does not need it: Max Pool Size."],
  });
  expect(refusal("Host=h;Username=u;Passfile=/root/.pgpass")).toContain("Passfile");
  expect(refusal("Host=h1,h2;Username=u")).toContain("list of servers");
});

describe("addresses", () => {
  test("are decoded part by part", () => {
    expect(parsed("postgres://us%40er:p%3Aw%2F%25%3F@db.example.com:6432/my%20db?sslmode=verify-full").fields).toEqual({
      host: "db.example.com",
      port: 6432,
      database: "my db",
      user: "us@er",
      password: "p:w/%?",
      tlsMode: "verify-full",
    });
  });

  test("may leave parts out and may hold an IPv6 address", () => {
    expect(parsed("postgresql://[2001:db8::1]:5432/d").fields).toEqual({
      host: "2001:db8::1",
      port: 5432,
      database: "d",
    });
    expect(parsed("postgres://u@h").fields).toEqual({ host: "h", user: "u" });
    expect(parsed("postgresql:///d").fields).toEqual({ database: "d" });
  });

  test.each([
    "postgres://u:p@ss:w/rd@h/d",
    "postgres://u:p@ss@h/d",
    "postgres://u:pa?ss@h:5432/d",
    "postgres://u:p/w@h/d",
  ])("points at the code for @ when the password is not escaped: %s [B67]", (text) => {
    expect(refusal(text)).toContain("%40");
  });

  test("refuses a percent sign that is no code [B68]", () => {
    expect(refusal("postgres://u:a%zz@h/d")).toContain("%25");
    expect(refusal("postgres://u:a%FF@h/d")).toContain("%25");
  });

  test("refuses several servers [B69]", () => {
    expect(refusal("postgres://h1,h2/db")).toContain("several servers");
    expect(refusal("postgres://h1:1,h2:2/db")).toContain("several servers");
  });

  test("reads Java's form and says what ssl=true means [B70]", () => {
    const { style, fields, notes } = parsed("jdbc:postgresql://h:5433/d?user=u&password=a%2Bb+c&ssl=true");
    expect(style).toBe("jdbc");
    expect(fields).toMatchObject({ host: "h", port: 5433, database: "d", user: "u", password: "a+b c" });
    expect(fields.tlsMode).toBe("verify-full");
    expect(notes.join()).toContain("certificate will be checked");
  });

  test.each(["jdbc:mysql://h/d", "mysql://h/d", "redis://h"])("refuses another system: %s [B71]", (text) => {
    expect(refusal(text)).toContain("another kind of system");
  });

  test("asks for the certificate itself instead of a file [B72]", () => {
    expect(refusal("postgres://h/d?sslrootcert=/etc/passwd")).toContain("paste the certificate");
    expect(parsed("postgres://h/d?sslrootcert=system").fields.tlsMode).toBe("verify-full");
  });

  test("refuses key files [B73]", () => {
    expect(refusal("postgres://h/d?sslkey=/proc/self/environ")).toContain("sslkey");
    expect(refusal("postgres://h/d?sslcert=x")).toContain("sslcert");
  });

  test("refuses a second server behind the question mark [B74]", () => {
    expect(refusal("postgres://h/d?host=169.254.169.254&port=80")).toContain("second server address");
    expect(refusal("postgres://h/d?hostaddr=169.254.169.254")).toContain("hostaddr");
  });

  test("refuses session options [B75]", () => {
    expect(refusal("postgres://h/d?options=-c%20session_preload_libraries=x")).toContain("options");
  });

  test("reads ssl=verify-full as the mode it names [B76]", () => {
    expect(parsed("postgres://h/d?ssl=verify-full").fields.tlsMode).toBe("verify-full");
  });

  test("refuses a mode that does not exist [B77]", () => {
    expect(refusal("postgres://h/d?sslmode=bogus")).toContain("verify-full");
  });

  test("refuses looking values up elsewhere [B78]", () => {
    expect(refusal("service=prod")).toContain("service");
    expect(refusal("host=h passfile=/root/.pgpass")).toContain("passfile");
    expect(refusal("postgres://h/d?passfile=/root/.pgpass")).toContain("passfile");
  });

  test.each(["socket:/tmp/x", "postgres://%2Fvar%2Frun/d", "host=/var/run/postgresql dbname=d"])(
    "refuses a socket file: %s [B79]",
    (text) => {
      expect(refusal(text)).toContain("socket file");
    },
  );

  test("refuses the address of a web page [B80]", () => {
    expect(refusal("http://169.254.169.254/latest")).toContain("web page");
  });

  test("is not confused by what stands around it", () => {
    expect(parsed(` export DATABASE_URL="postgres://u@h/d"\n`).fields).toEqual({ host: "h", user: "u", database: "d" });
    expect(parsed(`'Server=h;Database=d'`).fields).toEqual({ host: "h", database: "d" });
  });
});

describe("other styles", () => {
  test("libpq keywords with quotes and backslashes [B66]", () => {
    expect(parsed(String.raw`host=h password='a b\'c' dbname = d`)).toMatchObject({
      style: "keywords",
      fields: { host: "h", password: "a b'c", database: "d" },
    });
    expect(refusal("host=h password='abc")).toContain("never closed");
  });

  test("a psql line, with the password in front or a string inside", () => {
    expect(parsed("PGPASSWORD='x y' psql -h h -p5433 --username=u -d shop -W").fields).toEqual({
      host: "h",
      port: 5433,
      user: "u",
      database: "shop",
      password: "x y",
    });
    expect(parsed(`psql "host=h user=u"`).fields).toEqual({ host: "h", user: "u" });
    expect(parsed("psql postgres://u@h/d").fields).toEqual({ host: "h", user: "u", database: "d" });
    expect(refusal("psql -h h -f /etc/passwd")).toContain("psql line");
  });

  test("SQLAlchemy's driver name is dropped", () => {
    expect(parsed("postgresql+psycopg2://u:p@h:5432/d")).toMatchObject({ style: "sqlalchemy", fields: { host: "h" } });
  });
});

describe("anything else", () => {
  test.each(["Host=h;#x", "Host=#;", "host=h #'", "PGPASSWORD=# psq", 'Server=h;Password="#'])(
    "a long run of spaces in %s is read at once",
    (text) => {
      const begin = performance.now();
      parseConnectionText(text.replace("#", " ".repeat(100_000)));
      // A millisecond on an idle machine; a minute where every space is tried with every other.
      expect(performance.now() - begin).toBeLessThan(5_000);
    },
  );

  test("a text of one megabyte is refused at once [B81]", () => {
    expect(refusal(`postgres://u:${"a".repeat(1_000_000)}@h/d`)).toContain("too long");
  });

  test("a NUL is refused, also as a code [B82]", () => {
    expect(refusal("postgres://h\0evil/d")).toContain("NUL");
    expect(refusal("postgres://u:a%00b@h/d")).toContain("NUL");
  });

  test.each(["", "   ", "db.example.com", "hello world", "<script>alert(1)</script>"])(
    "%j is no connection string",
    (text) => {
      expect(refusal(text)).toContain("not a connection string");
    },
  );

  test("a wrong port or host is refused by name", () => {
    expect(refusal("Server=h;Port=99999")).toContain("between 1 and 65535");
    expect(refusal("postgres://u@h:abc/d")).toContain("port");
    expect(refusal("Server=exa mple.com;Database=d")).toContain("spaces");
  });
});
