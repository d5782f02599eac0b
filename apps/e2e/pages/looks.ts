import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { axeViolations } from "./axe.ts";
import { weakFieldBorders } from "./field-borders.ts";

const desktop = { width: 1440, height: 900 };
/** A Pixel 7 held upright. */
const phone = { width: 412, height: 839 };

const looks = [
  { name: "desktop-light", size: desktop, colorScheme: "light" },
  { name: "desktop-dark", size: desktop, colorScheme: "dark" },
  { name: "phone-dark", size: phone, colorScheme: "dark" },
  { name: "phone-light", size: phone, colorScheme: "light" },
] as const;

/**
 * Demands of the screen as it is now, on a desktop and a phone, light and dark: no violation that axe knows of, borders
 * that can be seen, one `h1`, a title, and no scrolling sideways, not even at 320 pixels. With SHOTS set to a folder,
 * pictures are left there.
 */
export async function expectGoodLooks(page: Page, screen: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }), `${screen}: h1`).toHaveCount(1);
  await expect(page.locator("[aria-busy=true]"), `${screen}: still loading`).toHaveCount(0);
  await expect(page, `${screen}: title`).toHaveTitle(/^\S.* · Headgate$/);
  for (const { name, size, colorScheme } of looks) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    await page.setViewportSize(size);
    await untilStill(page);
    // Seen whole, so that a bar which sticks to the window's edge covers nothing.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
    await untilStill(page);
    await takePicture(page, `${screen}-${name}`);
    expect.soft(await axeViolations(page), `${screen}, ${name}: axe`).toEqual([]);
    expect.soft(await page.evaluate(weakFieldBorders), `${screen}, ${name}: borders of fields`).toEqual([]);
    expect.soft(await excessWidth(page), `${screen}, ${name}: pixels too wide`).toBe(0);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await untilStill(page);
  expect.soft(await excessWidth(page), `${screen}: pixels too wide at 320`).toBe(0);
  await page.setViewportSize(desktop);
}

/** Waits for the fonts and for every animation that has an end. */
async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    // Not their promises: an animation that was cancelled just now has a fresh one, which nobody ever keeps.
    const isGoingOn = ({ playState, effect }: Animation): boolean =>
      playState === "running" && Number.isFinite(effect?.getComputedTiming().endTime);
    await frame();
    await document.fonts.ready;
    do await frame();
    while (document.getAnimations().some(isGoingOn));
  });
}

function excessWidth(page: Page): Promise<number> {
  // A gutter kept free for a scrollbar makes the page narrower than the window.
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}

async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env["SHOTS"];
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
