import bowser from 'bowser';

const browsers: ReadonlySet<string> = new Set(Object.values(bowser.BROWSER_MAP));

/** What a program may be called, e.g. `curl`: one short word that is neither an address nor a number. */
const programName = /^[A-Za-z][A-Za-z-]{0,19}$/;

/**
 * A browser and its system in words, e.g. “Firefox on Linux”, from what a client says of itself; null where that says
 * nothing. The words go into mails, and anybody may cause one: only names of known browsers and short names of
 * programs pass, so that nobody writes a message or a link into it.
 */
export function describeDevice(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const { browser, os } = bowser.parse(userAgent);
  const [product = ''] = userAgent.split(/[\s/]/);
  const name = browser.name && browsers.has(browser.name) ? browser.name : programName.exec(product)?.[0];
  return name && os.name ? `${name} on ${os.name}` : name || null;
}
