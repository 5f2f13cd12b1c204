import type { Locale } from '../account/account.entity.js';

/** The language that a client asks for first, of those that Postern speaks (RFC 9110, Accept-Language). */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  const wishes = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', quality] = part.trim().split(/\s*;\s*q=/);
    return { language: tag.slice(0, 2).toUpperCase(), quality: Number(quality ?? 1) || 0 };
  });
  const spoken = wishes.filter(({ language, quality }) => quality > 0 && (language === 'EN' || language === 'ZH'));
  return spoken.sort((one, other) => other.quality - one.quality)[0]?.language === 'ZH' ? 'ZH' : 'EN';
}
