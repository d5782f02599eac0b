/** A typed number as the contract judges it; what is no number stays text, so that it is refused in words. */
export function numberOf(text: string): unknown {
  const typed = text.trim();
  return /^\d{1,9}$/.test(typed) ? Number(typed) : typed;
}

/** A text that may be left out: blank is absent. */
export function given(name: string, text: string): Readonly<Record<string, string>> {
  return text.trim() === "" ? {} : { [name]: text };
}

/** The host of an address, for names; empty while there is none. */
export function hostOf(address: string): string {
  return URL.canParse(address.trim()) ? new URL(address.trim()).host : "";
}
