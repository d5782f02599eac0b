import type { ExportFormat } from "@headgate/contract";

export const exportCopy = {
  title: "Use it elsewhere",
  text: "The same connection as another system writes it. Secrets are never part of it.",
  formats: {
    adf: "Azure Data Factory",
    adobe: "Adobe Flow Service",
    uri: "Connection string",
  } satisfies Record<ExportFormat, string>,
  copyAs: "Copy as",
  copy: "Copy",
  download: "Download",
} as const;
