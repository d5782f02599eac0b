import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { keepSetupToken } from "../../features/people/setup-token.ts";
import { pageRoute } from "./page.ts";
import { rootRoute } from "./root.tsx";

const SignInPage = lazyRouteComponent(() => import("../../features/people/sign-in-page.tsx"), "SignInPage");
const SetupPage = lazyRouteComponent(() => import("../../features/people/setup-page.tsx"), "SetupPage");

/** Only addresses of our own: an absolute or protocol-relative one would lead out of Headgate. */
function ownAddress(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : undefined;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { returnTo?: string } => {
    const returnTo = ownAddress(search.returnTo);
    return returnTo === undefined ? {} : { returnTo };
  },
  component: pageRoute(SignInPage, function SignIn() {
    const { returnTo } = signInRoute.useSearch();
    const navigate = signInRoute.useNavigate();
    return <SignInPage onSignedIn={() => void navigate({ href: returnTo ?? "/", replace: true })} />;
  }),
});

export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  beforeLoad: ({ location }) => {
    if (location.hash === "") return;
    // The secret leaves the address bar and the history before anything is shown.
    keepSetupToken(location.hash);
    throw redirect({ to: "/setup", hash: "", replace: true });
  },
  component: pageRoute(SetupPage, function Setup() {
    const navigate = setupRoute.useNavigate();
    return <SetupPage onDone={() => void navigate({ to: "/", replace: true })} />;
  }),
});
