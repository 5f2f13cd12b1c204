import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Person } from '../support/people.js';
import type { TestPostern } from '../support/postern.js';
import type { TestBrowser } from './browser.js';

/** A browser in which a person is signed in already, with the session of their client. */
export async function browserOf({ open }: TestBrowser, postern: TestPostern, { client }: Pick<Person, 'client'>, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await open(options);
  await context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: postern.url, httpOnly: true, sameSite: 'Lax' as const })));
  return context;
}

/** Opens an address in a new tab of a browser. */
export async function visit(context: BrowserContext, postern: TestPostern, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(postern.url + path);
  return page;
}

/** A field by its label; the button inside of it that shows what was typed is another thing. */
export const field = (place: Page | Locator, name: string): Locator => place.getByRole('textbox', { name, exact: true });

/** A button by what it says. */
export const button = (place: Page | Locator, name: string | RegExp): Locator => place.getByRole('button', { name, exact: typeof name === 'string' });

/** Fills in fields by their labels, in order. */
export async function fillIn(place: Page | Locator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await field(place, name).fill(value);
}

/** Resolves when the Profile page is there with everything on it. */
export async function profileIsThere(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor().catch(async (error: Error) => {
    throw new Error(`${error.message}\nThe page shows: ${await page.locator('body').innerText()}`);
  });
  await page.locator('#events li').first().waitFor();
}
