import { expect, type Locator, type Page } from "@playwright/test";

const mostTabs = 80;

/** Presses Tab until the element has the focus; fails when it cannot be reached that way. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  await expect(element).toBeVisible();
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    if (await hasFocus(element)) return;
    await page.keyboard.press("Tab");
  }
  await expect(element, `within ${mostTabs} presses of Tab`).toBeFocused({ timeout: 1 });
}

/** Tabs to a field and types; what it held is replaced. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** Tabs to a button or link and presses Enter. */
export async function pressEnterOn(page: Page, element: Locator): Promise<void> {
  await tabTo(page, element);
  await page.keyboard.press("Enter");
}

/** Tabs into a group of radio buttons and goes down with the arrow key until the wanted one is chosen. */
export async function arrowTo(page: Page, group: Locator, choice: Locator): Promise<void> {
  await expect(choice).toBeVisible();
  const radios = group.getByRole("radio");
  const count = await radios.count();
  for (let tabs = 0; tabs < mostTabs && !(await holdsFocus(group)); tabs += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  for (let arrows = 0; arrows <= count && !(await choice.isChecked()); arrows += 1)
    await page.keyboard.press("ArrowDown");
  await expect(choice).toBeChecked();
}

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}

function holdsFocus(group: Locator): Promise<boolean> {
  return group.evaluate(
    (node) => document.activeElement?.matches('input[type="radio"]') === true && node.contains(document.activeElement),
  );
}
