import { readFile } from "node:fs/promises";
import path from "node:path";
import express, { type RequestHandler, type Router } from "express";
import { nonceOf } from "./security-headers.ts";

const placeholder = "__CSP_NONCE__";

/**
 * Serves the built web application. Files under `assets/` have their content's hash in the name and never change; every
 * other address that asks for a page gets the one page there is.
 */
export function staticFiles(router: Router, folder: string): void {
  const assets = path.join(folder, "assets");
  router.use("/assets", express.static(assets, { immutable: true, maxAge: "365d", index: false, redirect: false }));
  router.use(express.static(folder, { maxAge: "1h", index: false, redirect: false, dotfiles: "ignore" }));
  router.get("/{*splat}", page(path.join(folder, "index.html")));
}

function page(file: string): RequestHandler {
  return async (req, res, next) => {
    if (!isPage(req.path) || !req.accepts("html")) return next();
    const html = await readFile(file, "utf8").catch(() => undefined);
    if (html === undefined) return next();
    // The nonce is different in every answer, so no answer may be kept.
    res.set("cache-control", "no-store");
    res.type("html").send(html.replaceAll(placeholder, nonceOf(res)));
  };
}

/** Addresses of the API and names of files are not pages: a wrong one must say so. */
function isPage(address: string): boolean {
  return !address.startsWith("/api/") && address !== "/api" && !/\.[a-z0-9]+$/i.test(address);
}
