import type { HostKey } from "@headgate/contract";
import type { ReactElement } from "react";
import classes from "./fingerprint.module.css";

const algorithmNames: Readonly<Record<string, string>> = {
  "ssh-ed25519": "Ed25519",
  "ssh-rsa": "RSA",
  "ecdsa-sha2-nistp256": "ECDSA P-256",
  "ecdsa-sha2-nistp384": "ECDSA P-384",
  "ecdsa-sha2-nistp521": "ECDSA P-521",
};

/** The key of a server as `ssh-keygen` prints it, in groups that the eye can follow; copied, it is one word. */
export function Fingerprint({ hostKey, label }: { readonly hostKey: HostKey; readonly label?: string }): ReactElement {
  const { algorithm, fingerprint } = hostKey;
  const [kind = "", digest = ""] = fingerprint.split(":");
  const groups = digest.match(/.{1,4}/g) ?? [];
  return (
    <div className={classes.card}>
      <p className={classes.label}>
        {label && `${label}: `}
        {algorithmNames[algorithm] ?? algorithm}
      </p>
      <code className={classes.text}>
        <span className={classes.group}>{kind}:</span>
        {groups.map((group, index) => (
          <span key={index} className={classes.group}>
            {group}
          </span>
        ))}
      </code>
    </div>
  );
}

/** `SHA256:nThbg6…WGJspI`, for lists. */
export function shortFingerprint(fingerprint: string): string {
  const [kind = "", digest = ""] = fingerprint.split(":");
  return `${kind}:${digest.slice(0, 6)}…${digest.slice(-6)}`;
}
