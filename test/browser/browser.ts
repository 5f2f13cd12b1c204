import { existsSync } from 'node:fs';
import type { GraphQLFormattedError } from 'graphql';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  type Response,
} from 'playwright-core';

/** Debian's browsers. The headless shell is the same engine without a window, and needs a third less CPU time. */
const installed = ['chromium-headless-shell', 'chromium', 'google-chrome'].map((name) => `/usr/bin/${name}`);

/** The browser named by `CHROMIUM`, or else an installed one. */
const executablePath = process.env['CHROMIUM'] ?? installed.find((path) => existsSync(path)) ?? 'chromium';

/** How long a test waits for an element (in ms); not a limit of the specification. */
const TIMEOUT_MS = 30_000;

/** Another name of this machine, at which a browser can open the web app. */
export const OTHER_HOST = 'elsewhere.example';

/** A domain whose hosts are this machine, and can share cookies. */
export const SHARED_DOMAIN = 'example.test';

/** The browser of a test file. */
export interface TestBrowser {
  readonly browser: Browser;
  /** Errors of the console, scripts and requests. A test that causes one on purpose removes it. */
  readonly faults: string[];
  /** Opens a browser context without cookies or storage. */
  open(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** How long a page may need to move the focus (in ms). */
const SETTLED_MS = 400;

/** Runs in each page: reports when the focused element disappears and the rest of its view does not get the focus. */
function reportLostFocus(settledMs: number): void {
  let latest: { readonly element: Element; readonly view: Element | null } | null = null;
  document.addEventListener('focusin', ({ target }) => {
    latest = { element: target as Element, view: (target as Element).closest('main, .bar') };
  });
  const report = () => {
    const { activeElement } = document;
    if (!latest?.view?.isConnected || latest.element.checkVisibility()) return;
    if (activeElement === document.body || !activeElement)
      throw new Error(`The focus was lost with ${latest.element.outerHTML.slice(0, 200)}`);
  };
  let timer: ReturnType<typeof setTimeout>;
  new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(report, settledMs);
  }).observe(document, { childList: true, subtree: true });
}

/** Errors of a field that no flow of the web app leads to, unlike a demand for step-up. */
const fieldFaults = ['FORBIDDEN', 'BAD_USER_INPUT', 'INTERNAL_SERVER_ERROR'];

/** What the web app asks for and may not read, in an answer that has data, too. */
async function readErrors(response: Response): Promise<string[]> {
  // The body is gone when the page has left meanwhile.
  const text = await response.text().catch(() => '');
  const { errors = [] } = (text ? JSON.parse(text) : {}) as { errors?: GraphQLFormattedError[] };
  return errors
    .filter(({ path, extensions }) => path && fieldFaults.includes(String(extensions?.['code'])))
    .map(({ message, path = [] }) => `field: ${path.join('.')}: ${message}`);
}

/** Starts a browser. Pages are in English and in the light theme by default. */
export async function startBrowser(): Promise<TestBrowser> {
  // Real browsers have a back/forward cache; Playwright disables it by default.
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      `--host-resolver-rules=MAP ${OTHER_HOST} 127.0.0.1, MAP *.${SHARED_DOMAIN} 127.0.0.1`,
    ],
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
      else if (new URL(response.url()).pathname === '/graphql')
        void readErrors(response).then((errors) => faults.push(...errors));
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
      await context.addInitScript(reportLostFocus, SETTLED_MS);
      return context;
    },
    close: () => browser.close(),
  };
}
