import type { BrowserContext, Page } from 'playwright-core';

/** Sets the language of the web app in a browser context, whose pages record their layout shifts. */
export async function recordLayoutShifts(context: BrowserContext, language: 'EN' | 'ZH'): Promise<void> {
  await context.addInitScript((selected) => {
    if (location.protocol === 'about:') return;
    localStorage.setItem('postern.language', selected);
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null }[];
      })[])
        if (entry.value > 0.01 && !entry.hadRecentInput)
          shifts.push(
            `${entry.value.toFixed(3)}: ${entry.sources.map(({ node }) => node?.textContent?.slice(0, 40)).join()}`,
          );
    }).observe({ type: 'layout-shift', buffered: true });
  }, language);
}

/** The layout shifts of a page that were not caused by its user, with their sizes and what moved. */
export const shiftsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);

/** How much wider than the window a page is (in CSS pixels). */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
