import type { AnyEndpoint } from "@headgate/contract";
import { confirmOwnPassword } from "@headgate/store";
import type { Call } from "./api.ts";
import { Refusal } from "./refusal.ts";
import { remoteAddress } from "./remote-address.ts";

/**
 * Asks again who is there, for what an unwatched screen must not be enough for; wrong passwords are braked as at sign-in.
 * Throws a `Refusal` that names the field `password`. [R54]
 */
export async function confirmPerson(
  { context, user, req }: Pick<Call<AnyEndpoint>, "context" | "user" | "req">,
  password: string | undefined,
): Promise<void> {
  if (!password) throw needed("Enter the password with which you sign in to Headgate.");
  const result = await confirmOwnPassword(context.store.db, user, { password, address: remoteAddress(req) });
  if (result.status === "wrong") throw needed("This is not your Headgate password.");
  if (result.status === "slow_down")
    throw new Refusal("error:auth/too-many-attempts", { retryAfterSeconds: result.retryAfterSeconds });
}

function needed(sentence: string): Refusal {
  return new Refusal("error:auth/password-needed", { fields: { password: sentence } });
}
