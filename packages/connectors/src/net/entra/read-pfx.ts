import { unusable } from "./entra-refusal.ts";

/** Opens a PFX file (PKCS #12, in Base64) and writes what is in it as PEM text. Node can use such files but not open them. */
export async function readPfx(base64: string, password: string | undefined): Promise<string> {
  const bytes = Buffer.from(base64.replace(/\s+/g, ""), "base64");
  // A DER sequence; anything else would only puzzle the parser.
  if (bytes.length < 32 || bytes[0] !== 0x30) throw unusable("unreadable", "This is neither PEM text nor a PFX file.");
  const { default: forge } = await import("node-forge");
  try {
    const asn1 = forge.asn1.fromDer(forge.util.createBuffer(bytes.toString("binary")));
    const pfx = forge.pkcs12.pkcs12FromAsn1(asn1, password ?? "");
    const { certBag = "", keyBag = "", pkcs8ShroudedKeyBag = "" } = forge.pki.oids;
    const bags = [certBag, keyBag, pkcs8ShroudedKeyBag].flatMap((bagType) => pfx.getBags({ bagType })[bagType] ?? []);
    return bags
      .flatMap(({ cert, key }) => [
        ...(cert ? [forge.pki.certificateToPem(cert)] : []),
        ...(key ? [forge.pki.privateKeyToPem(key)] : []),
      ])
      .join("\n");
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    const locked = /password|MAC could not be verified/i.test(words);
    if (!locked) throw unusable("unreadable", "The PFX file cannot be read.");
    throw unusable(password ? "password_wrong" : "password_missing", "The password does not open the PFX file.");
  }
}
