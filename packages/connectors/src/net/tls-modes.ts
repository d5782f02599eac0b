import type { TlsMode } from "@headgate/contract";

/** `chain`: signed by a trusted authority. `identity`: and made out to the host that was typed. */
export type TlsVerification = "nothing" | "chain" | "identity";
export type Line = "plain" | { readonly verify: TlsVerification };

type ModeRule = {
  readonly lines: readonly [Line, ...Line[]];
  /** When the next line may be tried although this one failed. */
  readonly whenRefused?: true;
  readonly needsAuthority?: true;
};

const unverified: Line = { verify: "nothing" };

/** The six modes exactly as libpq has them (R50, features §3.4). `pg` cannot express half of them (V10). */
export const tlsModeRules = {
  disable: { lines: ["plain"] },
  allow: { lines: ["plain", unverified], whenRefused: true },
  prefer: { lines: [unverified, "plain"], whenRefused: true },
  require: { lines: [unverified] },
  "verify-ca": { lines: [{ verify: "chain" }], needsAuthority: true },
  "verify-full": { lines: [{ verify: "identity" }] },
} as const satisfies Record<TlsMode, ModeRule>;

/**
 * The lines to try in order. With an authority given, every line that is encrypted verifies the chain, as libpq does
 * when it finds a root certificate: `require` then refuses, while `allow` and `prefer` go on without encryption.
 */
export function linesFor(mode: TlsMode, hasAuthority: boolean): readonly Line[] {
  const { lines } = tlsModeRules[mode];
  if (!hasAuthority) return lines;
  return lines.map((line) => (line !== "plain" && line.verify === "nothing" ? { verify: "chain" } : line));
}
