import "./app/theme/mantine.css";
import "@fontsource-variable/figtree/index.css";
import "./app/theme/global.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Providers } from "./app/providers.tsx";
import { createAppRouter } from "./app/router.tsx";
import { createQueryClient } from "./lib/query-client.ts";

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
// The scroll lock of dialogs makes a style element and looks here for its nonce.
Object.assign(globalThis, { __webpack_nonce__: nonce });

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
createRoot(root).render(
  <StrictMode>
    <Providers queryClient={queryClient} nonce={nonce}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
