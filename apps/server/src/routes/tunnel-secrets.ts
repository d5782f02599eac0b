import { privateKeyFault } from "@headgate/connectors";
import type { Tunnel, TunnelAnswers } from "@headgate/contract";
import { invalid, Refusal } from "../http/refusal.ts";

/** Says at its field why a key that was just typed cannot be used; one that is stored already was judged then. */
export function refuseUnusableKey({ method, secrets }: TunnelAnswers): void {
  if (method !== "private_key" || !secrets.privateKey) return;
  const fault = privateKeyFault(secrets.privateKey, secrets.passphrase);
  if (!fault) return;
  if (fault.code === "ssh_key_passphrase")
    throw invalid({ "secrets.passphrase": passphraseSentences[fault.passphrase] });
  throw invalid({
    "secrets.privateKey":
      fault.code === "ssh_key_ppk" || fault.code === "ssh_key_public" ? keySentences[fault.code] : unreadable,
  });
}

const passphraseSentences = {
  missing: "This key is locked. Enter its passphrase.",
  wrong: "This passphrase does not open the key.",
} as const;

const keySentences = {
  ssh_key_ppk:
    "This is a PuTTY key (.ppk). Open it in PuTTYgen, choose Conversions, then Export OpenSSH key, and add that file.",
  ssh_key_public: "This is the public key. Add the private one, usually the file of the same name without .pub.",
} as const;

const unreadable = "This is not a whole private key. Add everything from BEGIN to END PRIVATE KEY.";

/** Else an editor could send the stored secret to a server of their own. A key never leaves, so it may stay. [R24] */
export function refuseStoredSecret(current: Tunnel, answers: TunnelAnswers): void {
  const { method, secrets } = answers;
  const moved = current.host !== answers.host || current.port !== answers.port || current.user !== answers.user;
  if (method === "password" && secrets.password === undefined && current.secrets.password.set && moved)
    throw new Refusal("error:tunnel/secret-required", {
      fields: { "secrets.password": "Enter the password again, because where it is sent has changed." },
    });
  if (method === "private_key" && current.method === "headgate_key" && secrets.privateKey === undefined)
    throw invalid({ "secrets.privateKey": "Add the private key." });
}
