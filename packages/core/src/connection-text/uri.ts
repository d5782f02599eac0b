import type { Pair } from "./pair.ts";
import { refuse } from "./refusal.ts";

const unescaped =
  "The password seems to contain one of @ : / ? % as it is. In an address write %40 for @, %3A for :, %2F for /, " +
  "%3F for ? and %25 for %.";

/**
 * Takes a `postgres://` address apart by itself: the usual parsers read files it names and let `?host=` replace the
 * server people see (reliability V1-V3). `plus` makes + a space behind the question mark, as Java writes it.
 */
export function readUri(text: string, plus = false): Pair[] {
  const rest = text.slice(text.indexOf("://") + 3);
  const [, authority = "", path = "", query = ""] = /^([^/?]*)(?:\/([^?]*))?(?:\?([\s\S]*))?$/.exec(rest) ?? [];
  if (path.includes("@") || authority.split("@").length > 2) refuse(unescaped);
  const at = authority.indexOf("@");
  const userInfo = at < 0 ? "" : authority.slice(0, at);
  const pairs = [...readServer(authority.slice(at + 1), query), ...readUser(userInfo)];
  if (path) pairs.push({ key: "database", value: decoded(path) });
  for (const part of query.split("&").filter((item) => item !== "")) {
    const equals = part.indexOf("=");
    const raw = equals < 0 ? "" : part.slice(equals + 1);
    const key = decoded(equals < 0 ? part : part.slice(0, equals));
    pairs.push({ key, value: decoded(plus ? raw.replaceAll("+", " ") : raw), from: "query" });
  }
  return pairs;
}

function readServer(server: string, query: string): Pair[] {
  if (server.includes(",")) refuse("The text names several servers. Enter one server address.");
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(server) ?? refuse(unescaped);
  if (port && !/^[0-9]+$/.test(port)) refuse(query.includes("@") ? unescaped : "The port must be a number.");
  const pairs: Pair[] = host ? [{ key: "host", value: decoded(host) }] : [];
  return port ? [...pairs, { key: "port", value: port }] : pairs;
}

function readUser(userInfo: string): Pair[] {
  if (userInfo === "") return [];
  const colon = userInfo.indexOf(":");
  const user: Pair = { key: "user", value: decoded(colon < 0 ? userInfo : userInfo.slice(0, colon)) };
  return colon < 0 ? [user] : [user, { key: "password", value: decoded(userInfo.slice(colon + 1)) }];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse("A % in an address must be followed by two digits or letters of a code. Write %25 for a plain %.");
  }
}
