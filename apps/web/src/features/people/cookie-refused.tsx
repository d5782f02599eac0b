import type { ReactElement } from "react";
import { Callout } from "../../ui/callout.tsx";

/** Shown when the password was right but the next request came without the session's cookie. */
export function CookieRefused(): ReactElement {
  return (
    <Callout kind="danger" role="alert" title="Your browser did not keep you signed in">
      <p>
        The password was right, but the browser threw away the cookie that remembers you. Some browsers do this when the
        address starts with http:// and is not on this computer, or when cookies are blocked.
      </p>
      <p>Open Headgate at its https:// address, or at http://localhost with the same port, and allow its cookies.</p>
    </Callout>
  );
}
