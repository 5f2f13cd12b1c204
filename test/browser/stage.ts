import { createServer, type AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Client } from '../support/client.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBrowser, type TestBrowser } from './browser.js';

/** A Postern with its page, and a browser to look at it with. */
export interface Stage {
  readonly postern: TestPostern;
  readonly url: string;
  readonly browser: TestBrowser;
  /** A page of somebody who is signed in, at an address. */
  open(client: Client, path: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, resolve); });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** Starts both. The page is that of the last `npm run build`. */
export async function startStage(settings: Record<string, string> = {}): Promise<Stage> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const postern = await startPostern({ PORT: String(port), PUBLIC_URL: url, CORS_ORIGINS: 'http://localhost:4000', ...settings });
  const browser = await startBrowser();
  return {
    postern, url, browser,
    open: async (client, path, options) => {
      const context = await browser.open(options);
      await takeCookies(context, client, url);
      const page = await context.newPage();
      await page.goto(`${url}${path}`);
      return page;
    },
    close: async () => {
      await browser.close();
      await postern.close();
    },
  };
}

const takeCookies = (context: BrowserContext, { cookies }: Client, url: string) =>
  context.addCookies([...cookies].map(([name, value]) => ({ name, value, url, httpOnly: true, sameSite: 'Lax' as const })));

/** What axe finds wrong with a page in light and in dark. */
export async function violationsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark']) {
    await page.evaluate((value) => { document.documentElement.dataset['theme'] = value; }, theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(...violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html).join(' | ').slice(0, 500)}`));
  }
  await page.evaluate(() => { document.documentElement.dataset['theme'] = 'system'; });
  return found;
}

/** How far a page is wider than its window (in CSS pixels), at the widths of phones, tablets and desks. */
export async function overflowOf(page: Page): Promise<Record<number, number>> {
  const overflow: Record<number, number> = {};
  for (const width of [360, 768, 1_440]) {
    await page.setViewportSize({ width, height: 900 });
    overflow[width] = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
  await page.setViewportSize({ width: 1_280, height: 900 });
  return overflow;
}
