import type { ProblemType } from "@headgate/contract";

/** Status and title of every refusal; the web application has its own copy, this is for people with curl. */
export const refusals = {
  "error:auth/forbidden": [403, "Your role does not allow this."],
  "error:auth/password-needed": [422, "This needs your own password."],
  "error:auth/signed-out": [401, "Sign in first."],
  "error:auth/too-many-attempts": [429, "Too many failed attempts. Wait a moment."],
  "error:auth/wrong-credentials": [401, "The e-mail address or the password is not right."],
  "error:connection/in-use": [409, "Flows use this connection."],
  "error:connection/name-taken": [409, "Another connection has this name."],
  "error:connection/not-a-database": [409, "Only a PostgreSQL connection can do this."],
  "error:connection/not-found": [404, "There is no such connection."],
  "error:connection/secret-required": [422, "Enter the password again."],
  "error:draft/incomplete": [422, "Some answers are missing or no longer fit."],
  "error:draft/not-found": [404, "There is no such draft."],
  "error:draft/outdated": [409, "This was changed elsewhere in the meantime."],
  "error:flow/not-found": [404, "There is no such flow."],
  "error:flow/paused": [409, "This flow is paused."],
  "error:flow/run-active": [409, "A run of this flow is active."],
  "error:practice/unavailable": [409, "The sample data is not available here."],
  "error:request/cross-site": [403, "This request did not come from Headgate's own page."],
  "error:request/invalid": [422, "Some values are not valid."],
  "error:request/malformed": [400, "The request cannot be read."],
  "error:request/not-found": [404, "There is nothing at this address."],
  "error:request/too-large": [413, "The request is larger than 1 MB."],
  "error:request/too-many": [429, "Too many requests. Wait a moment."],
  "error:request/too-many-at-once": [429, "Too many of these are under way. Let one end first."],
  "error:request/unsupported-type": [415, "Send JSON, as application/json in UTF-8."],
  "error:run/not-active": [409, "This run has ended."],
  "error:run/not-undoable": [409, "This run cannot be undone."],
  "error:run/not-asking": [409, "This run does not wait for an answer any more."],
  "error:run/not-retryable": [409, "These rows cannot be tried again from this run."],
  "error:run/not-found": [404, "There is no such run."],
  "error:server/bug": [500, "Something went wrong inside Headgate."],
  "error:server/store-unavailable": [503, "Headgate cannot reach its own database."],
  "error:setup/closed": [404, "Headgate has been set up already."],
  "error:setup/wrong-link": [403, "This set-up link is not valid or has expired."],
  "error:tunnel/host-key-not-seen": [409, "The server showed another key last."],
  "error:tunnel/in-use": [409, "Connections use this tunnel."],
  "error:tunnel/name-taken": [409, "Another tunnel has this name."],
  "error:tunnel/not-found": [404, "There is no such tunnel."],
  "error:tunnel/outdated": [409, "This tunnel was changed elsewhere in the meantime."],
  "error:tunnel/secret-required": [422, "Enter the secret of the tunnel again."],
} as const satisfies Record<ProblemType, readonly [status: number, title: string]>;

export type RefusalDetails = {
  readonly detail?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly retryAfterSeconds?: number;
};

/** Says no to a request; everything else that is thrown is a bug. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly type: ProblemType;
  readonly details: RefusalDetails;

  constructor(type: ProblemType, details: RefusalDetails = {}) {
    super(refusals[type][1]);
    this.type = type;
    this.details = details;
  }
}

/** Refuses values by field, `{ "settings.host": "Enter the server address." }`. */
export function invalid(fields: Readonly<Record<string, string>>): Refusal {
  return new Refusal("error:request/invalid", { fields });
}
