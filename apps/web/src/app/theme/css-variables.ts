import type { CSSVariablesResolver } from "@mantine/core";
import { amber, blue, brand, dark, gray, green, red } from "./colors.ts";

/** Field borders carry meaning, so they keep 3:1 against every surface a field stands on (WCAG 1.4.11; a test says so). */
export const fieldBorder = { light: gray[5], dark: dark[3] } as const;
/** Text and ticks on filled buttons and boxes. */
export const onFilled = { light: "#ffffff", dark: dark[8] } as const;
export const surfaces = {
  light: { page: gray[0], card: "#ffffff", field: "#ffffff" },
  dark: { page: dark[7], card: dark[6], field: dark[7] },
} as const;

/** Everything the style sheets may ask for, per colour scheme. Tone names are used as `--hg-<tone>-soft|line|ink`. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    "--hg-content-width": "70rem",
    "--hg-shadow": "0 1px 2px rgb(10 30 25 / 5%), 0 8px 24px -12px rgb(10 30 25 / 10%)",
  },
  light: {
    "--mantine-color-body": surfaces.light.page,
    "--mantine-color-text": gray[9],
    "--mantine-color-dimmed": gray[6],
    "--mantine-color-placeholder": gray[6],
    "--mantine-color-error": red[6],
    "--mantine-color-anchor": brand[7],
    "--mantine-color-default-border": gray[3],
    "--hg-on-filled": onFilled.light,
    "--hg-card": surfaces.light.card,
    "--hg-field": surfaces.light.field,
    "--hg-field-border": fieldBorder.light,
    "--hg-line": gray[2],
    "--hg-sunken": gray[1],
    "--hg-strong": gray[9],
    "--hg-focus": brand[7],
    ...tone("info", blue[0], blue[2], blue[8], blue[6]),
    ...tone("success", green[0], green[2], green[8], green[6]),
    ...tone("warning", amber[0], amber[2], amber[8], amber[6]),
    ...tone("danger", red[0], red[2], red[8], red[6]),
    ...tone("brand", brand[0], brand[2], brand[8], brand[6]),
    ...tone("neutral", gray[1], gray[3], gray[7], gray[6]),
  },
  dark: {
    "--mantine-color-body": surfaces.dark.page,
    "--mantine-color-text": dark[0],
    "--mantine-color-dimmed": dark[2],
    "--mantine-color-placeholder": dark[2],
    "--mantine-color-error": red[3],
    "--mantine-color-anchor": brand[3],
    "--mantine-color-default-border": dark[4],
    "--hg-on-filled": onFilled.dark,
    "--hg-card": surfaces.dark.card,
    "--hg-field": surfaces.dark.field,
    "--hg-field-border": fieldBorder.dark,
    "--hg-line": dark[5],
    "--hg-sunken": "#182120",
    "--hg-strong": "#f3f7f5",
    "--hg-focus": brand[3],
    "--hg-shadow": "0 1px 2px rgb(0 0 0 / 30%)",
    ...tone("info", "#15242f", "#2a4257", blue[1], blue[3]),
    ...tone("success", "#13271b", "#254a33", green[1], green[3]),
    ...tone("warning", "#2a2113", "#54411f", amber[1], amber[3]),
    ...tone("danger", "#301b17", "#5d332b", red[1], red[3]),
    ...tone("brand", "#12292a", "#21494a", brand[1], brand[3]),
    ...tone("neutral", dark[5], dark[4], dark[1], dark[2]),
  },
});

type Tone = "info" | "success" | "warning" | "danger" | "brand" | "neutral";

function tone(name: Tone, soft: string, line: string, ink: string, mark: string): Record<string, string> {
  return {
    [`--hg-${name}-soft`]: soft,
    [`--hg-${name}-line`]: line,
    [`--hg-${name}-ink`]: ink,
    [`--hg-${name}-mark`]: mark,
  };
}
