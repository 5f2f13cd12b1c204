import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Client } from '../support/client.js';
import { MailServer } from '../support/mail-server.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBeside } from '../support/start-beside.js';
import { startBrowser, type TestBrowser } from './browser.js';

/** Somebody who sits down at a browser: who is signed in on a client, or nobody yet. */
type Visitor = { readonly client: Client } | null;

/** A Postern with its page, a mail server, and a browser to look at it with. */
export interface Stage {
  readonly postern: TestPostern;
  readonly mail: MailServer;
  /** Where the page is, which is where links in mails lead. */
  readonly url: string;
  /**
   * What went wrong on the pages of this test: none of it may be left at its end. A test that means to cause some takes
   * it out.
   */
  readonly faults: string[];
  /** A browser of its own, in which a visitor is signed in already. */
  browserOf(visitor: Visitor, options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page of a visitor in a browser of its own. */
  open(visitor: Visitor, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** A further tab of a browser. */
  tab(context: BrowserContext, path: string): Promise<Page>;
  /** Another Postern with other settings over the same database, until this test ends. */
  beside(settings: Record<string, string>): Promise<TestPostern>;
}

/**
 * Sets a stage for the tests around: everything is started before them and closed after them. No test may leave an
 * error of the console, of a script or of a request behind; its browsers are closed when it ends. The page is that of
 * the last `npm run build`.
 */
export function setStage(settings: Record<string, string> = {}): Stage {
  const stage = new Theatre();
  beforeAll(() => stage.start(settings));
  afterEach(async () => {
    await stage.clear();
    expect(stage.faults.splice(0)).toEqual([]);
  });
  afterAll(() => stage.close());
  return stage;
}

class Theatre implements Stage {
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
    const port = await freePort();
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

  async browserOf(visitor: Visitor, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.#browser.open(options);
    this.#contexts.push(context);
    const cookies = [...(visitor?.client.cookies ?? [])].map(([name, value]) => ({
      name,
      value,
      url: this.url,
      httpOnly: true,
      sameSite: 'Lax' as const,
    }));
    await context.addCookies(cookies);
    return context;
  }

  async open(visitor: Visitor, path: string, options?: BrowserContextOptions): Promise<Page> {
    return this.tab(await this.browserOf(visitor, options), path);
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

  /** Closes what a test opened. */
  async clear(): Promise<void> {
    for (const place of [...this.#contexts.splice(0), ...this.#beside.splice(0)]) await place.close();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.postern.close();
    await this.mail.close();
  }
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
