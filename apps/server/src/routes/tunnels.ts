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
import { mount } from "../http/mount.ts";
import { invalid, Refusal } from "../http/refusal.ts";

/** Saved SSH tunnels. Secrets go in and never come out. [R24] */
export function tunnelRoutes(api: Api): void {
  const { store } = api.context;

  mount(api, endpoints.listTunnels, async () => ({ tunnels: await listTunnels(store.db) }));

  mount(api, endpoints.createTunnel, async ({ body }) => accepted(await insertTunnel(store, withKeyPair(body))));

  mount(api, endpoints.getTunnel, ({ params }) => existing(params.tunnelId));

  mount(api, endpoints.updateTunnel, async ({ params, body }) => {
    const current = await existing(params.tunnelId);
    refuseOtherServer(current, body);
    refuseStoredSecret(current, body);
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

  mount(api, endpoints.acceptHostKey, async ({ params, body }) => {
    const { id } = await existing(params.tunnelId);
    const tunnel = await acceptHostKey(store, id, body.fingerprint);
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

/** Else an editor could send the stored secret to a server of their own. A key never leaves, so it may stay. [R24] */
function refuseStoredSecret(current: Tunnel, answers: TunnelAnswers): void {
  const { method, secrets } = answers;
  const moved = current.host !== answers.host || current.port !== answers.port || current.user !== answers.user;
  if (method === "password" && secrets.password === undefined && current.secrets.password.set && moved)
    throw new Refusal("error:tunnel/secret-required", {
      fields: { "secrets.password": "Enter the password again, because where it is sent has changed." },
    });
  if (method === "private_key" && current.method === "headgate_key" && secrets.privateKey === undefined)
    throw invalid({ "secrets.privateKey": "Add the private key." });
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
