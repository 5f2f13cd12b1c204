import { seconds } from '../../duration.js';
import { isLoopback } from '../../net/ip-address.js';
import { mayReach } from '../../net/public-address.js';
import { hostOf } from '../../net/resolve-name.js';
import type { RuleContext } from '../../rules/context.js';

/** How long one request to a receiver may take, from the look-up of its name to the end of its answer. */
export const REQUEST_TIMEOUT_MS = seconds(10);

/** Maximum number of characters of a URL. */
const MAXIMUM_URL_LENGTH = 2_048;

/** A URL to which events may be sent, and all addresses of its host. */
export interface WebhookTarget {
  readonly url: URL;
  readonly addresses: readonly string[];
}

/** The URL may not be used. The message says why, for logs. */
export class TargetRefusedError extends Error {}

type TargetContext = Pick<RuleContext, 'config' | 'resolveName'>;

/** A URL without the parts that no receiver needs; null if it has others, or isn't one of the web. */
function parseUrl(text: string): URL | null {
  if (text.length > MAXIMUM_URL_LENGTH || /[\s\p{Cc}\p{Cf}#]/u.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const hasUser = url.username !== '' || url.password !== '' || /^[^/?#]*\/\/[^/?#]*@/.test(text);
  return /^https?:$/.test(url.protocol) && !hasUser ? url : null;
}

/** A URL as it is used, such as `https://127.0.0.1/` for `https:0x7f000001`; text that is refused stays as it is. */
export const canonicalUrl = (text: string): string => parseUrl(text.trim())?.href ?? text.trim();

/** Whether every address may be used with this scheme. Only a developer's own machine may be reached without TLS. */
function mayReachAll({ protocol }: URL, addresses: readonly string[], { config }: TargetContext): boolean {
  const isEncrypted = protocol === 'https:';
  if (!isEncrypted && config.environment === 'production') return false;
  return addresses.every(
    (address) => mayReach(address, config.webhookAllowedNetworks) && (isEncrypted || isLoopback(address)),
  );
}

/**
 * Resolves the host of a URL once and checks each of its addresses. Requests are sent to these addresses, so a
 * name that leads elsewhere later changes nothing.
 *
 * @throws {TargetRefusedError} if the URL or one of its addresses is refused, or its name has none
 */
export async function resolveTarget(
  context: TargetContext,
  text: string,
  signal: AbortSignal = AbortSignal.timeout(REQUEST_TIMEOUT_MS),
): Promise<WebhookTarget> {
  const url = parseUrl(text);
  if (url === null) throw new TargetRefusedError('the URL is refused');
  const addresses = await context.resolveName(hostOf(url), signal);
  if (addresses.length === 0) throw new TargetRefusedError('the name has no address');
  if (!mayReachAll(url, addresses, context)) throw new TargetRefusedError('an address of the name is refused');
  return { url, addresses };
}
