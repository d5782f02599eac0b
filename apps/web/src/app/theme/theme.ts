import { createTheme, defaultVariantColorsResolver } from "@mantine/core";
import { amber, blue, brand, dark, gray, green, red } from "./colors.ts";
import { componentDefaults } from "./component-defaults.ts";

const systemFonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

export const theme = createTheme({
  colors: { brand, gray, dark, red, green, yellow: amber, blue, teal: brand },
  primaryColor: "brand",
  primaryShade: { light: 6, dark: 4 },
  // Filled controls are light in the dark scheme; Mantine would still put white on them.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === "filled" ? { ...colors, color: "var(--hg-on-filled)" } : colors;
  },
  black: gray[9],
  fontFamily: `'Figtree Variable', ${systemFonts}`,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', 'JetBrains Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.5", md: "1.55", lg: "1.6", xl: "1.6" },
  headings: {
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "clamp(1.625rem, 1.3rem + 1.4vw, 2.125rem)", lineHeight: "1.15" },
      h2: { fontSize: "1.25rem", lineHeight: "1.3" },
      h3: { fontSize: "1.0625rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "9px", lg: "14px", xl: "22px" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2.25rem" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  components: componentDefaults,
});
