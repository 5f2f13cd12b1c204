import type { Locator, Page } from 'playwright-core';

/** A text field by its label, without the button inside it. */
export const field = (scope: Page | Locator, name: string): Locator =>
  scope.getByRole('textbox', { name, exact: true });

/** A button by its name. */
export const button = (scope: Page | Locator, name: string | RegExp): Locator =>
  scope.getByRole('button', { name, exact: typeof name === 'string' });

/** Fills in fields by their labels. */
export async function fillIn(scope: Page | Locator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await field(scope, name).fill(value);
}

/** Pastes a text into a field, as a user does from an email or an app. */
export async function pasteInto(input: Locator, text: string): Promise<void> {
  await input.page().evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await input.press('ControlOrMeta+V');
}

/** Submits the sign-in form. */
export async function submitSignIn(
  page: Page,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<void> {
  await fillIn(page, { 'Username or email': username, Password: password });
  await button(page, 'Sign in').click();
}

/** Signs out with the account menu. */
export async function signOut(page: Page): Promise<void> {
  await button(page, /^Account menu/).click();
  await button(page, 'Sign out').click();
  await field(page, 'Username or email').waitFor();
}

/** Waits until the Profile view is complete. */
export async function waitForProfile(page: Page): Promise<void> {
  await page
    .getByRole('heading', { name: 'Profile', level: 1 })
    .waitFor()
    .catch(async (error: Error) => {
      throw new Error(`${error.message}\nThe page contains: ${await page.locator('body').innerText()}`);
    });
  await page.locator('#events li').first().waitFor();
}
