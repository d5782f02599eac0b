import { makeSshKeyPair, readHostKey } from "@headgate/connectors";
import { endpoints, type Tunnel, type TunnelAnswers } from "@headgate/contract";
import {
  acceptHostKey,
  deleteTunnel,
  findTunnel,
  insertTunnel,
  listTunnels,
  noteHostKey,
  updateTunnel,
  type RefusedTunnel,
} from "@headgate/store";
import type { Api } from "../http/api.ts";
import { confirmPerson } from "../http/confirm-person.ts";
import { mount } from "../http/mount.ts";
import { Refusal } from "../http/refusal.ts";
import { refuseAddress } from "./refuse-address.ts";
import { refuseStoredSecret, refuseUnusableKey } from "./tunnel-secrets.ts";

/** Saved SSH tunnels. Secrets go in and never come out. [R24] */
export function tunnelRoutes(api: Api): void {
  const { store, gate } = api.context;

  mount(api, endpoints.listTunnels, async () => ({ tunnels: await listTunnels(store.db) }));

  mount(api, endpoints.createTunnel, async ({ body }) => {
    await refuseAddress(gate, "host", body);
    refuseUnusableKey(body);
    return accepted(await insertTunnel(store, withKeyPair(body)));
  });

  mount(api, endpoints.getTunnel, ({ params }) => existing(params.tunnelId));

  mount(api, endpoints.updateTunnel, async ({ params, body }) => {
    const current = await existing(params.tunnelId);
    refuseOtherServer(current, body);
    refuseStoredSecret(current, body);
    await refuseAddress(gate, "host", body);
    refuseUnusableKey(body);
    return accepted(await updateTunnel(store, current.id, { ...withKeyPair(body, current), revision: body.revision }));
  });

  mount(api, endpoints.deleteTunnel, async ({ params }) => {
    const tunnel = await existing(params.tunnelId);
    if ((await deleteTunnel(store.db, tunnel.id)) === "in_use") throw inUse(await existing(tunnel.id));
    return {};
  });

  mount(api, endpoints.readHostKey, async ({ context, params, signal }) => {
    const { id, host, port, hostKey } = await existing(params.tunnelId);
    const target = { host, port, hostKeyFingerprint: hostKey?.fingerprint ?? null };
    const verdict = await readHostKey(target, { gate: context.gate, signal });
    if (verdict.status === "succeeded") {
      await noteHostKey(store.db, id, { fingerprint: verdict.fingerprint, algorithm: verdict.algorithm });
    }
    return verdict;
  });

  mount(api, endpoints.acceptHostKey, async (call) => {
    const { fingerprint, password } = call.body;
    const { id, hostKey } = await existing(call.params.tunnelId);
    const mayReplace = hostKey !== null && hostKey.fingerprint !== fingerprint;
    if (mayReplace) await confirmPerson(call, password);
    const tunnel = await acceptHostKey(store, id, { fingerprint, mayReplace });
    if (!tunnel) throw new Refusal("error:tunnel/host-key-not-seen");
    return tunnel;
  });

  async function existing(id: string): Promise<Tunnel> {
    const tunnel = await findTunnel(store.db, id);
    if (!tunnel) throw new Refusal("error:tunnel/not-found");
    return tunnel;
  }
}

/** A pair is made once; whoever wants another makes another tunnel, so that a running flow never loses its key. */
function withKeyPair(answers: TunnelAnswers, current?: Tunnel) {
  if (answers.method !== "headgate_key" || current?.method === "headgate_key") return answers;
  return { ...answers, keyPair: makeSshKeyPair(`headgate-${answers.name.replace(/[^A-Za-z0-9._-]+/g, "-")}`) };
}

/** The passwords of its databases travel through a tunnel: with another server they would go elsewhere. [R24] */
function refuseOtherServer(current: Tunnel, answers: TunnelAnswers): void {
  if (current.host === answers.host && current.port === answers.port) return;
  if (current.connectionNames.length > 0) throw inUse(current);
}

function inUse({ connectionNames }: Tunnel): Refusal {
  return new Refusal("error:tunnel/in-use", { detail: `Used by: ${connectionNames.join(", ")}.` });
}

function accepted(result: Tunnel | RefusedTunnel): Tunnel {
  if (!("refused" in result)) return result;
  switch (result.refused) {
    case "name_taken":
      throw new Refusal("error:tunnel/name-taken", { fields: { name: "Another tunnel has this name." } });
    case "outdated":
      throw new Refusal("error:tunnel/outdated");
    case "not_found":
      throw new Refusal("error:tunnel/not-found");
  }
}
