import { endpoints, type AnyEndpoint } from "@headgate/contract";

/** A plain page that lists every request of the API, made from the same table as the OpenAPI document. */
export function referencePage(version: string, nonce: string): string {
  const tags = new Map<string, string[]>();
  for (const [name, endpoint] of Object.entries<AnyEndpoint>(endpoints)) {
    tags.set(endpoint.tag, [...(tags.get(endpoint.tag) ?? []), row(name, endpoint)]);
  }
  const sections = [...tags].map(
    ([tag, rows]) => `<section><h2>${escape(tag)}</h2><table>
<thead><tr><th scope="col">Request</th><th scope="col">What it does</th><th scope="col">Least role</th></tr></thead>
<tbody>${rows.join("")}</tbody></table></section>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Headgate API ${escape(version)}</title><style nonce="${escape(nonce)}">${style}</style></head>
<body><main><h1>Headgate API</h1>
<p>Version ${escape(version)}. The full description with every field is <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).
Sign in with <code>POST /api/session</code>. Every change needs <code>content-type: application/json</code>,
<code>x-headgate: 1</code> and an <code>Origin</code> of this server. Refusals are problem details (RFC 9457).</p>
${sections.join("\n")}</main></body></html>`;
}

function row(name: string, { method, path, summary, access, kind }: AnyEndpoint): string {
  const stream = kind === "stream" ? " Answers with server-sent events." : "";
  return `<tr id="${escape(name)}"><td><code>${method.toUpperCase()} ${escape(path)}</code></td><td>${escape(summary + stream)}</td><td>${access}</td></tr>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0}main{max-width:64rem;margin:auto;padding:2rem 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid #8884}
td:first-child{width:26rem;overflow-wrap:anywhere}`;
