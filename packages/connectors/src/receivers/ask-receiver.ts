import type { CheckCode, CheckStage } from "@headgate/contract";
import { createHttpClient, type HttpAnswer, type HttpRequest } from "../net/http/http-client.ts";
import { HttpFault } from "../net/http/http-fault.ts";
import type { ReceiverAddress } from "./receiver-address.ts";
import { ReceiverRefusal, type ReceiverContext } from "./receiver-context.ts";

const notHttp: readonly string[] = ["not_http", "endless"];

/** Asks once, at one stage of a check. Throws a `ReceiverRefusal` where there is no answer that could be read. */
export async function askReceiver(
  { url, authorities }: ReceiverAddress,
  request: HttpRequest,
  stage: CheckStage,
  { gate, signal }: ReceiverContext,
): Promise<HttpAnswer> {
  const client = createHttpClient(url.origin, { gate, authorities });
  try {
    return await client.ask(request, signal);
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    const code = notHttp.includes(error.code) ? "not_http" : error.code === "too_slow" ? "port_silent" : "line_cut";
    throw new ReceiverRefusal(stage, code, {}, error);
  } finally {
    await client.close();
  }
}

/** Why a receiver that answered like this cannot be used; undefined when it took what it was sent. */
export function refusalCode(status: number): CheckCode | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 401 || status === 403) return "receiver_refused_login";
  if (status === 404 || status === 405 || status === 410) return "receiver_missing";
  if (status >= 300 && status < 400) return "receiver_redirects";
  return status === 429 || status >= 500 ? "receiver_unavailable" : "receiver_refused";
}
