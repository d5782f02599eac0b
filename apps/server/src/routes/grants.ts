import { checkGrants } from "@headgate/connectors";
import { endpoints } from "@headgate/contract";
import type { Api } from "../http/api.ts";
import { mount } from "../http/mount.ts";
import { reach } from "./reach.ts";

/** The grants a saved connection needs for one table, each asked for at the database itself. */
export function grantRoutes(api: Api): void {
  mount(api, endpoints.checkGrants, ({ context, params, body, signal }) =>
    reach(context, params.connectionId, signal, (target, ctx) => checkGrants(target, body, ctx)),
  );
}
