import bowser from 'bowser';
import type { Locale } from '../../text/locale.js';

const browsers: ReadonlySet<string> = new Set(Object.values(bowser.BROWSER_MAP));

/** Matches the name of a program, e.g. `curl`: a single short word of letters. */
const programName = /^[A-Za-z][A-Za-z-]{0,19}$/;

/**
 * Describes a browser and its system, e.g. “Firefox on Linux” (in Chinese “Linux · Firefox”); null if unknown. Since a
 * caller chooses this text and it is emailed, it can contain only names of known browsers and short program names
 * (R-98).
 */
export function describeDevice(userAgent: string | null, locale: Locale = 'EN'): string | null {
  if (!userAgent) return null;
  const { browser, os } = bowser.parse(userAgent);
  const [product = ''] = userAgent.split(/[\s/]/);
  const name = browser.name && browsers.has(browser.name) ? browser.name : programName.exec(product)?.[0];
  if (!name || !os.name) return name || null;
  return locale === 'ZH' ? `${os.name} · ${name}` : `${name} on ${os.name}`;
}
