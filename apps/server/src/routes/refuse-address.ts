import { tunnelDenial, type DenialReason, type EgressGate } from "@headgate/connectors";
import type { ConnectionAnswers } from "@headgate/contract";
import { invalid } from "../http/refusal.ts";

export type TypedAddress = { readonly host: string; readonly port: number; readonly tunnelId?: string | undefined };

/**
 * Refuses to save an address that this installation's rules forbid, as far as that shows without asking a resolver; a
 * name that leads there is refused when it is used. [R42] [R43]
 */
export async function refuseAddress(gate: EgressGate, field: string, address: TypedAddress): Promise<void> {
  const { host, port, tunnelId } = address;
  const reason = tunnelId === undefined ? await gate.judge({ host, port }) : tunnelDenial(host);
  if (reason) throw invalid({ [field]: sentences[reason] });
}

type ReceiverAnswers = Exclude<ConnectionAnswers, { kind: "postgres" }>;

/** The same for a receiver's web address; and a folder, where nobody has set one aside. [R42] [R43] [R44] */
export async function refuseReceiver(
  gate: EgressGate,
  filesDir: string | undefined,
  answers: ReceiverAnswers,
): Promise<void> {
  const [field, address] = addressOf(answers);
  if (address === undefined) {
    if (filesDir === undefined) throw invalid({ [field]: noFolder });
    return;
  }
  const { hostname, port, protocol } = new URL(address);
  const target = {
    host: hostname,
    port: Number(port || (protocol === "https:" ? 443 : 80)),
    protocol: "http",
  } as const;
  const reason = await gate.judge(target);
  if (reason) throw invalid({ [field]: sentences[reason].replace(ownAddress, ownReceiver) });
}

function addressOf(answers: ReceiverAnswers): readonly [field: string, address: string | undefined] {
  if (answers.kind === "events") return ["settings.dataPlaneUrl", answers.settings.dataPlaneUrl];
  if (answers.kind === "webhook") return ["settings.url", answers.settings.url];
  const { settings } = answers;
  return settings.place === "s3" ? ["settings.endpoint", settings.endpoint] : ["settings.folder", undefined];
}

const noFolder =
  "No folder has been set aside for files yet. Ask whoever runs Headgate to set HEADGATE_FILES_DIR to one, and start it again.";
const ownReceiver = "Enter the address of the receiver itself.";
const ownAddress = "Enter the address of the database server itself.";

const sentences: Readonly<Record<DenialReason, string>> = {
  metadata: `Headgate's rules do not allow this address: clouds keep credentials there. ${ownAddress}`,
  link_local: `Headgate's rules do not allow this address: it only means something between two machines. ${ownAddress}`,
  unspecified: `Headgate's rules do not allow this address: it stands for no server. ${ownAddress}`,
  multicast: `Headgate's rules do not allow this address: it stands for many machines at once. ${ownAddress}`,
  reserved: `Headgate's rules do not allow this address: no server has it. ${ownAddress}`,
  own_service: `Headgate's rules do not allow this address: Headgate itself answers there. ${ownAddress}`,
  loopback:
    "Headgate's rules do not allow this address: it is the machine Headgate runs on. Ask whoever runs Headgate to add " +
    "it to HEADGATE_EGRESS_ALLOW.",
  private:
    "Headgate's rules do not allow this address: it belongs to a private network. Ask whoever runs Headgate to add it " +
    "to HEADGATE_EGRESS_ALLOW.",
};
