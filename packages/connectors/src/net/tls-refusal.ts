import type { CheckCode } from "@headgate/contract";

export type TlsCode = Extract<CheckCode, `tls_${string}`>;

/** Encryption could not be had as asked; `facts` come from the server's certificate and are its own words. */
export class TlsRefusal extends Error {
  override readonly name = "TlsRefusal";
  readonly code: TlsCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: TlsCode, message: string, facts: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}

/** Whoever answers does not speak PostgreSQL, or breaks its rules. */
export class ProtocolFault extends Error {
  override readonly name = "ProtocolFault";
  readonly code: "not_postgres" | "tls_only_port" | "line_cut" | "port_silent";
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: ProtocolFault["code"], message: string, facts: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}
