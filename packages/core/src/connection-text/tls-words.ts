import { tlsModes, type TlsMode } from "@headgate/contract";
import { refuse } from "./refusal.ts";

/** Everything a text says about encryption, still in its own words. */
export type TlsFacts = {
  mode?: string;
  ssl?: string;
  encryptionMethod?: string;
  checked?: string;
  trusted?: string;
};

export type TlsReading = { readonly tlsMode?: TlsMode; readonly note?: string };

/** Turns what a text says about encryption into one of the six modes; what contradicts itself is left to the person. */
export function readTls(facts: TlsFacts): TlsReading {
  const mode = facts.mode === undefined ? undefined : modeFromWord(facts.mode);
  const reading = mode ?? sslReading(facts.ssl) ?? encryptionReading(facts) ?? {};
  if (!isYes(facts.trusted) || reading.tlsMode === "disable") return reading;
  return {
    note: "The text asks for encryption but also says to trust any certificate. Choose the encryption yourself.",
  };
}

function modeFromWord(word: string): TlsReading {
  const letters = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/g, "");
  const tlsMode = tlsModes.find((mode) => letters(mode) === letters(word));
  if (tlsMode) return { tlsMode };
  if (letters(word) === "noverify") return { tlsMode: "require", note: "The certificate will not be checked." };
  return refuse(`The text names an encryption mode that does not exist. Use one of ${tlsModes.join(", ")}.`);
}

function sslReading(word: string | undefined): TlsReading | undefined {
  if (word === undefined) return undefined;
  if (isYes(word) || word === "") return { tlsMode: "verify-full", note: "The server's certificate will be checked." };
  return /^(false|0|no|off)$/i.test(word) ? { tlsMode: "disable" } : modeFromWord(word);
}

/** DataDirect's numbers, as Adobe and Azure Data Factory 1.0 use them: 0 off, 1 on, 6 on where the server has it. */
function encryptionReading({ encryptionMethod, checked }: TlsFacts): TlsReading | undefined {
  switch (encryptionMethod) {
    case undefined:
      return isYes(checked) ? { tlsMode: "verify-full" } : undefined;
    case "0":
      return { tlsMode: "disable" };
    case "1":
      return { tlsMode: isYes(checked) ? "verify-full" : "require" };
    case "6":
      return { tlsMode: "prefer" };
    default:
      return refuse("EncryptionMethod must be 0, 1 or 6.");
  }
}

function isYes(word: string | undefined): boolean {
  return /^(true|1|yes|on)$/i.test(word ?? "");
}
