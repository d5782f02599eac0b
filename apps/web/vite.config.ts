import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The page's own host is passed on, since the server compares it with where a request says it comes from.
const server = { target: `http://127.0.0.1:${process.env.HEADGATE_PORT ?? "4000"}`, changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  // The server swaps this word for a fresh nonce in every page it sends.
  html: { cspNonce: "__CSP_NONCE__" },
  server: { proxy: { "/api": server, "/healthz": server, "/readyz": server } },
  build: {
    outDir: "dist",
    // A strict policy allows no data: addresses for fonts and scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: "contract", test: /node_modules\/zod\/|packages\/contract\// },
          ],
        },
      },
    },
  },
});
