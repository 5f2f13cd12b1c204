import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** Debian's Chromium, or the one that `CHROMIUM` names. */
const executablePath =
  process.env['CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path)) ??
  'chromium';

/** How long a test waits for something to appear (in ms); no figure of the specification. */
const PATIENCE_MS = 30_000;

/** A browser of a test file, and what went wrong on its pages. */
export interface TestBrowser {
  readonly browser: Browser;
  /**
   * Errors of the console, of scripts, and of requests, since it was last emptied. A test that means to cause one takes
   * it out.
   */
  readonly faults: string[];
  /** A new browser of one person: no cookie, nothing remembered. */
  open(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Starts a browser. Everything on its pages is English and light unless something else is asked for. */
export async function startBrowser(): Promise<TestBrowser> {
  // As a person's browser does, it keeps pages in its memory that one may come back to.
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const faults: string[] = [];
  const watch = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // What the page calls off itself, when somebody leaves a view or signs out, has not failed.
      if (reason !== 'net::ERR_ABORTED') faults.push(`request: ${request.method()} ${request.url()} ${reason}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`answer: ${response.status()} ${response.url()}`);
    });
  };
  return {
    browser,
    faults,
    open: async (options = {}) => {
      const context = await browser.newContext({
        locale: 'en-GB',
        colorScheme: 'light',
        viewport: { width: 1_280, height: 900 },
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
        ...options,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      context.on('page', watch);
      return context;
    },
    close: () => browser.close(),
  };
}
