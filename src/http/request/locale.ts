import type { FastifyRequest } from 'fastify';
import { locales, type Locale } from '../../text/locale.js';

/** Maximum number of characters of the header that are read. Browsers send about a tenth of this. */
const MAXIMUM_HEADER_LENGTH = 1_000;

/**
 * The language that a client prefers among the supported ones (RFC 9110, Accept-Language); null if it accepts none of
 * them.
 */
export function preferredLocale(acceptLanguage: string | undefined): Locale | null {
  const preferences = (acceptLanguage ?? '')
    .slice(0, MAXIMUM_HEADER_LENGTH)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((part) => part.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { language: tag.slice(0, 2).toUpperCase(), quality: Number(quality ?? 1) || 0 };
    });
  const [preferred] = preferences
    .filter(({ language, quality }) => quality > 0 && isLocale(language))
    .sort((a, b) => b.quality - a.quality);
  return preferred ? (preferred.language as Locale) : null;
}

const isLocale = (language: string) => locales.some((locale) => locale === language);

/** The language for errors of a request whose viewer is unknown. */
export const requestLocale = ({ headers }: FastifyRequest): Locale =>
  preferredLocale(headers['accept-language']) ?? 'EN';
