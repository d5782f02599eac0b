import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { lazy, Suspense, type ReactElement, type ReactNode } from "react";
import { cssVariablesResolver } from "./theme/css-variables.ts";
import { theme } from "./theme/theme.ts";

/** Fetched beside the first page; what is said before it arrives is kept until then. */
const Notifications = lazy(async () => ({ default: (await import("@mantine/notifications")).Notifications }));

/** The key is also read by the script in `index.html`. */
const colorSchemeManager = localStorageColorSchemeManager({ key: "headgate-color-scheme" });

type Props = { readonly queryClient: QueryClient; readonly nonce: string | undefined; readonly children: ReactNode };

export function Providers({ queryClient, nonce, children }: Props): ReactElement {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce ?? ""}
    >
      <Suspense fallback={null}>
        <Notifications position="bottom-right" autoClose={5000} />
      </Suspense>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
