import { timeZoneSchema } from "@headgate/contract";

/** Every zone this browser knows and the server accepts, as `Europe/Paris` with a readable name. */
export function timeZoneOptions(): { value: string; label: string }[] {
  const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);
  return [...zones]
    .filter((zone) => timeZoneSchema.safeParse(zone).success)
    .map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}
