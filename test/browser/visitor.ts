import type { Locator, Page } from 'playwright-core';

/** A field by its label; the button inside of it that shows what was typed is another thing. */
export const field = (place: Page | Locator, name: string): Locator =>
  place.getByRole('textbox', { name, exact: true });

/** A button by what it says. */
export const button = (place: Page | Locator, name: string | RegExp): Locator =>
  place.getByRole('button', { name, exact: typeof name === 'string' });

/** Fills in fields by their labels, in order. */
export async function fillIn(place: Page | Locator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await field(place, name).fill(value);
}

/** Fills in the sign-in view and sends it. */
export async function signInOn(
  page: Page,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<void> {
  await fillIn(page, { 'Username or email': username, Password: password });
  await button(page, 'Sign in').click();
}

/** Signs out by the menu of the avatar. */
export async function signOutOn(page: Page): Promise<void> {
  await button(page, /^Account menu/).click();
  await button(page, 'Sign out').click();
  await field(page, 'Username or email').waitFor();
}

/** Resolves when the Profile page is there with everything on it. */
export async function profileIsThere(page: Page): Promise<void> {
  await page
    .getByRole('heading', { name: 'Profile', level: 1 })
    .waitFor()
    .catch(async (error: Error) => {
      throw new Error(`${error.message}\nThe page shows: ${await page.locator('body').innerText()}`);
    });
  await page.locator('#events li').first().waitFor();
}
