import type { EventDialect } from "@headgate/contract";
import { given, hostOf, numberOf } from "../form-text.ts";
import type { KindForm, KindRules } from "../kind-rules.ts";
import { dialectCards, eventsFormCopy } from "./copy.ts";

export type EventsForm = KindForm & {
  settings: { dialect: EventDialect; dataPlaneUrl: string; lanes: string; gzip: boolean; caCertificate: string };
  secrets: { writeKey: string };
  dropped: { writeKey: boolean };
};

export const eventsRules: KindRules<"events", EventsForm> = {
  kind: "events",
  defaults: (settings) => ({
    settings: {
      dialect: settings?.dialect ?? "rudderstack",
      dataPlaneUrl: settings?.dataPlaneUrl ?? "",
      lanes: String(settings?.lanes ?? 4),
      gzip: settings?.gzip ?? true,
      caCertificate: settings?.caCertificate ?? "",
    },
    secrets: { writeKey: "" },
    dropped: { writeKey: false },
  }),
  settingsOf: ({ lanes, caCertificate, ...rest }) => ({
    ...rest,
    lanes: numberOf(lanes),
    ...given("caCertificate", caCertificate),
  }),
  placeOf: ({ dataPlaneUrl }) => dataPlaneUrl.trim(),
  counting: () => ["writeKey"],
  needed: { writeKey: eventsFormCopy.writeKeyMissing },
  nameFor: ({ dialect, dataPlaneUrl }) => {
    const host = hostOf(dataPlaneUrl);
    return host === "" ? "" : `${dialectCards[dialect].title} at ${host}`.slice(0, 120);
  },
};
