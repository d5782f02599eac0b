import type { WebhookSettings } from "@headgate/contract";
import { given, hostOf, numberOf } from "../form-text.ts";
import type { KindForm, KindRules } from "../kind-rules.ts";
import { webhookFormCopy } from "./copy.ts";

export type WebhookForm = KindForm & {
  settings: {
    url: string;
    method: WebhookSettings["method"];
    headers: { name: string; value: string }[];
    signatureHeader: string;
    signatureEncoding: WebhookSettings["signatureEncoding"];
    batchSize: string;
    bodyTemplate: string;
    lanes: string;
    caCertificate: string;
  };
  secrets: { signingKey: string; authorization: string };
  dropped: { signingKey: boolean; authorization: boolean };
};

export const webhookRules: KindRules<"webhook", WebhookForm> = {
  kind: "webhook",
  defaults: (settings) => ({
    settings: {
      url: settings?.url ?? "",
      method: settings?.method ?? "POST",
      headers: (settings?.headers ?? []).map((header) => ({ ...header })),
      signatureHeader: settings?.signatureHeader ?? "X-Signature",
      signatureEncoding: settings?.signatureEncoding ?? "base64",
      batchSize: String(settings?.batchSize ?? 100),
      bodyTemplate: settings?.bodyTemplate ?? "",
      lanes: String(settings?.lanes ?? 1),
      caCertificate: settings?.caCertificate ?? "",
    },
    secrets: { signingKey: "", authorization: "" },
    dropped: { signingKey: false, authorization: false },
  }),
  settingsOf: ({ batchSize, lanes, bodyTemplate, caCertificate, ...rest }) => ({
    ...rest,
    batchSize: numberOf(batchSize),
    lanes: numberOf(lanes),
    ...given("bodyTemplate", bodyTemplate),
    ...given("caCertificate", caCertificate),
  }),
  placeOf: ({ url }) => url.trim(),
  counting: () => ["signingKey", "authorization"],
  needed: {},
  nameFor: ({ url }) => {
    const host = hostOf(url);
    return host === "" ? "" : webhookFormCopy.nameFor(host).slice(0, 120);
  },
};
