let token = "";

/** Keeps the secret of the set-up link in this page's memory only; a reload asks for the link again. */
export function keepSetupToken(hash: string): void {
  token = hash.replace(/^#/, "");
}

export function setupToken(): string {
  return token;
}
