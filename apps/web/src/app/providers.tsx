import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { cssVariablesResolver } from "./theme/css-variables.ts";
import { theme } from "./theme/theme.ts";

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
      <Notifications position="bottom-right" autoClose={5000} />
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
