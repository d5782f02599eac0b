import type { ExportFormat, PostgresSettings } from "@headgate/contract";
import { writeConnectionText } from "../connection-text/write-connection-text.ts";
import { openFields, writeBaseConnection } from "./adobe/base-connection.ts";
import { writeLinkedService } from "./azure-data-factory/write-linked-service.ts";

export type ExportResult =
  | { readonly status: "written"; readonly fileName: string; readonly text: string; readonly notes: string[] }
  | { readonly status: "refused"; readonly message: string };

type Source = { readonly name: string; readonly settings: PostgresSettings };

/** Writes a connection for another system. No format ever holds a secret; what it cannot say is named. */
export function writeExport(format: ExportFormat, connection: Source): ExportResult {
  const { settings, name } = connection;
  if (settings.entra && format !== "adf")
    return { status: "refused", message: "This form has no words for signing in with Microsoft Entra." };
  const base = name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "connection";
  const document = settings.importedFrom ?? {};
  const text = {
    adf: () => JSON.stringify(writeLinkedService(connection, "properties" in document ? document : {}), null, 2),
    adobe: () => JSON.stringify(writeBaseConnection(connection, "auth" in document ? document : {}), null, 2),
    uri: () => writeConnectionText("uri", openFields(settings)),
  }[format]();
  const fileName = `${base}.${format === "uri" ? "txt" : "json"}`;
  return { status: "written", fileName, text, notes: notesOf(format, settings) };
}

function notesOf(format: ExportFormat, settings: PostgresSettings): string[] {
  const secret = settings.entra ? "The application's secret or certificate" : "The password";
  const notes = [`${secret} is not part of this text. Whoever uses it enters it there.`];
  const left = [
    settings.caCertificate && "the authority's certificate",
    settings.clientCertificate && "the client certificate",
    settings.tunnelId && "the SSH tunnel",
  ].filter((what) => what !== undefined && what !== "");
  if (left.length > 0) notes.push(`Left out, because this form has no words for it: ${left.join(", ")}.`);
  if (format === "adobe" && settings.tlsMode === "verify-ca")
    notes.push("The certificate's name will be checked too, because this form cannot say otherwise.");
  if (format === "adobe" && settings.tlsMode === "allow")
    notes.push("Encryption is used wherever the server has it, because this form cannot say otherwise.");
  return notes;
}
