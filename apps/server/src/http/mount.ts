import type { Endpoint } from "@headgate/contract";
import type { z } from "zod";
import type { Api, Call } from "./api.ts";
import { receive } from "./receive.ts";

/** Binds an endpoint to its handler. Parsing the answer drops every field that the contract does not name. */
export function mount<E extends Endpoint>(
  api: Api,
  endpoint: E,
  handle: (call: Call<E>) => Promise<z.input<E["response"]>> | z.input<E["response"]>,
): void {
  receive(api, endpoint, async (call) => {
    const answer = endpoint.response.parse(await handle(call));
    // Whoever asked may have gone while we worked.
    if (!call.res.destroyed) call.res.set("cache-control", "no-store").json(answer);
  });
}
