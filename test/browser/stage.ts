import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Client } from '../support/client.js';
import { findFreePort } from '../support/free-port.js';
import { MailServer } from '../support/mail-server.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBeside } from '../support/start-beside.js';
import { startBrowser, type TestBrowser } from './browser.js';

/** The user of a browser: the session of a client, or none. */
type BrowserUser = { readonly client: Client } | null;

/** A server with its web app, a mail server and a browser. */
export interface Stage {
  readonly postern: TestPostern;
  readonly mail: MailServer;
  /** The URL of the web app, also in the links of emails. */
  readonly url: string;
  /** Errors of this test's pages. A test that causes one on purpose removes it; others make the test fail. */
  readonly faults: string[];
  /** A new browser context in which the user is signed in. */
  browserOf(user: BrowserUser, options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page in a new browser context. */
  open(user: BrowserUser, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Another tab of a browser context. */
  tab(context: BrowserContext, path: string): Promise<Page>;
  /** Another server with other settings on the same database, until the test ends. */
  beside(settings: Record<string, string>): Promise<TestPostern>;
}

/**
 * Starts everything before the tests and closes it after them. A test fails if its pages had errors. The web app is
 * that of the last `npm run build`.
 */
export function setStage(settings: Record<string, string> = {}): Stage {
  const stage = new BrowserStage();
  beforeAll(() => stage.start(settings));
  afterEach(async () => {
    await stage.clear();
    expect(stage.faults.splice(0)).toEqual([]);
  });
  afterAll(() => stage.close());
  return stage;
}

class BrowserStage implements Stage {
  postern!: TestPostern;
  mail!: MailServer;
  url!: string;
  #browser!: TestBrowser;
  readonly #contexts: BrowserContext[] = [];
  readonly #beside: TestPostern[] = [];

  get faults(): string[] {
    return this.#browser.faults;
  }

  async start(settings: Record<string, string>): Promise<void> {
    const port = await findFreePort();
    this.url = `http://localhost:${port}`;
    this.mail = await MailServer.start();
    this.postern = await startPostern({
      PORT: String(port),
      PUBLIC_URL: this.url,
      CORS_ORIGINS: 'http://localhost:4000',
      SMTP_URL: this.mail.url,
      ...settings,
    });
    this.#browser = await startBrowser();
  }

  async browserOf(user: BrowserUser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.#browser.open(options);
    this.#contexts.push(context);
    const cookies = [...(user?.client.cookies ?? [])].map(([name, value]) => ({
      name,
      value,
      url: this.url,
      httpOnly: true,
      sameSite: 'Lax' as const,
    }));
    await context.addCookies(cookies);
    return context;
  }

  async open(user: BrowserUser, path: string, options?: BrowserContextOptions): Promise<Page> {
    return this.tab(await this.browserOf(user, options), path);
  }

  async tab(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(this.url + path);
    return page;
  }

  async beside(settings: Record<string, string>): Promise<TestPostern> {
    const postern = await startBeside(this.postern, settings);
    this.#beside.push(postern);
    return postern;
  }

  /** Closes what the test opened. */
  async clear(): Promise<void> {
    for (const opened of [...this.#contexts.splice(0), ...this.#beside.splice(0)]) await opened.close();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.postern.close();
    await this.mail.close();
  }
}
