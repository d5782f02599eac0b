import { describe, expect, it } from "vitest";
import { brand, dark, gray, red } from "./colors.ts";
import { fieldBorder, onFilled, surfaces } from "./css-variables.ts";

/** WCAG 2.2 contrast of two colours like `#0e5f5f`, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [light = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe("contrast, which axe does not measure for borders", () => {
  it.each(["light", "dark"] as const)("keeps field borders at 3:1 on every surface of the %s scheme", (scheme) => {
    for (const surface of Object.values(surfaces[scheme]))
      expect(contrast(fieldBorder[scheme], surface)).toBeGreaterThanOrEqual(3);
  });

  it("keeps text on filled buttons readable, ordinary and dangerous, light and dark", () => {
    expect(contrast(onFilled.light, brand[6])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(onFilled.light, red[6])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(onFilled.dark, brand[4])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(onFilled.dark, red[4])).toBeGreaterThanOrEqual(4.5);
  });

  it("keeps quiet text readable on every surface", () => {
    for (const surface of Object.values(surfaces.light)) expect(contrast(gray[6], surface)).toBeGreaterThanOrEqual(4.5);
    for (const surface of Object.values(surfaces.dark)) expect(contrast(dark[2], surface)).toBeGreaterThanOrEqual(4.5);
  });

  it("keeps the focus ring at 3:1 on every surface", () => {
    for (const surface of Object.values(surfaces.light)) expect(contrast(brand[7], surface)).toBeGreaterThanOrEqual(3);
    for (const surface of Object.values(surfaces.dark)) expect(contrast(brand[3], surface)).toBeGreaterThanOrEqual(3);
  });
});
