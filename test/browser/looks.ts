import AxeBuilder from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** Widths of phones, tablets and desks (in CSS pixels). */
const WIDTHS = [360, 768, 1_440];

/**
 * Expects that axe finds nothing wrong with what a page shows; in the dark, where nothing but the colours is another,
 * nothing wrong with those.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const found = violationsIn('light', await new AxeBuilder({ page }).analyze());
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'dark';
  });
  found.push(...violationsIn('dark', await new AxeBuilder({ page }).withRules('color-contrast').analyze()));
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'system';
  });
  expect(found).toEqual([]);
}

const violationsIn = (theme: string, { violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] =>
  violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${theme}: ${id}: ${html.slice(0, 300)} ${any[0]?.message ?? ''}`),
  );

/** Expects that a page fits its window on a phone, a tablet and a desk: nobody scrolls sideways. */
export async function expectToFit(page: Page): Promise<void> {
  const before = page.viewportSize()!;
  const overflow: Record<number, number> = {};
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    overflow[width] = await page.evaluate(() => {
      const places = [document.documentElement, ...document.querySelectorAll('dialog[open], [popover]:popover-open')];
      return Math.max(...places.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
    });
  }
  await page.setViewportSize(before);
  expect(overflow).toEqual(Object.fromEntries(WIDTHS.map((width) => [width, 0])));
}
