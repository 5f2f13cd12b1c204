import bowser from 'bowser';

/** A browser and its system in words, e.g. “Firefox on Linux”, from what a client says of itself; null where that says nothing. */
export function describeDevice(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const { browser, os } = bowser.parse(userAgent);
  const [product] = userAgent.split(/[\s/]/);
  const name = browser.name || product;
  return name && os.name ? `${name} on ${os.name}` : name || null;
}
