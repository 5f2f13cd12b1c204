import type { Locale } from '../../text/locale.js';

/**
 * How much of the header is read (in characters): anybody sends it, with every request, and browsers need a tenth of
 * this.
 */
const MAXIMUM_HEADER_LENGTH = 1_000;

/** The language that a client asks for first, of those that Postern speaks (RFC 9110, Accept-Language). */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  const preferences = (acceptLanguage ?? '')
    .slice(0, MAXIMUM_HEADER_LENGTH)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((part) => part.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { language: tag.slice(0, 2).toUpperCase(), quality: Number(quality ?? 1) || 0 };
    });
  const spoken = preferences.filter(({ language, quality }) => quality > 0 && (language === 'EN' || language === 'ZH'));
  return spoken.sort((one, other) => other.quality - one.quality)[0]?.language === 'ZH' ? 'ZH' : 'EN';
}
