import AxeBuilder from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** Widths of phones, tablets and desktops (in CSS pixels). */
const WIDTHS = [360, 768, 1_440];

/** Axe for a page without frames, for which it would open another page to collect what it found. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true);

/** Expects that axe finds no violation. In the dark theme only the colors differ, so only contrast is checked. */
export async function expectAccessible(page: Page): Promise<void> {
  const found = violationsIn('light', await axe(page).analyze());
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'dark';
  });
  found.push(...violationsIn('dark', await axe(page).withRules('color-contrast').analyze()));
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'system';
  });
  expect(found).toEqual([]);
}

const violationsIn = (theme: string, { violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] =>
  violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${theme}: ${id}: ${html.slice(0, 300)} ${any[0]?.message ?? ''}`),
  );

/** Expects that a page needs no horizontal scrolling on phones, tablets and desktops. */
export async function expectToFit(page: Page): Promise<void> {
  const original = page.viewportSize()!;
  const overflow: Record<number, number> = {};
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    overflow[width] = await page.evaluate(() => {
      const containers = [
        document.documentElement,
        ...document.querySelectorAll('dialog[open], [popover]:popover-open'),
      ];
      return Math.max(...containers.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
    });
  }
  await page.setViewportSize(original);
  expect(overflow).toEqual(Object.fromEntries(WIDTHS.map((width) => [width, 0])));
}

/** What Chinese texts write in Latin letters: product names, and terms without a Chinese name. */
const latin =
  /Postern|Standard Webhooks|standardwebhooks\.com|Webhooks?|HTTPS|https|Gone|Google Authenticator|Microsoft Authenticator|Android|iOS|2FA|API|AI|IP|PIN|sk-|English|CSV|JSON Lines|Chrome|Linux|HeadlessChrome|node|Token|(?:person|user)\d+(?:\.\d+@mail\.example)?/g;

/** The Latin words of a Chinese text, except names. */
export const latinWords = (text: string): string[] => [
  ...new Set(text.replaceAll(latin, '').match(/[A-Za-z]{2,}/g) ?? []),
];
