import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** The browser named by `CHROMIUM`, or else an installed Chromium or Chrome. */
const executablePath =
  process.env['CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path)) ??
  'chromium';

/** How long a test waits for an element (in ms); not a limit of the specification. */
const TIMEOUT_MS = 30_000;

/** The browser of a test file. */
export interface TestBrowser {
  readonly browser: Browser;
  /** Errors of the console, scripts and requests. A test that causes one on purpose removes it. */
  readonly faults: string[];
  /** Opens a browser context without cookies or storage. */
  open(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Starts a browser. Pages are in English and in the light theme by default. */
export async function startBrowser(): Promise<TestBrowser> {
  // Real browsers have a back/forward cache; Playwright disables it by default.
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
      // Requests are aborted when a view is left or a user signs out.
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
      context.setDefaultTimeout(TIMEOUT_MS);
      context.on('page', watch);
      return context;
    },
    close: () => browser.close(),
  };
}
