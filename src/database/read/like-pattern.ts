/** Maximum length of a text to search for. */
export const MAXIMUM_SEARCH_LENGTH = 64;

/** Escapes the special characters of LIKE. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** The LIKE pattern for text that contains this one; special characters are escaped. */
export const containsPattern = (text: string): string => `%${escapeLike(text)}%`;

/** The LIKE pattern for text that starts with this one. */
export const prefixPattern = (text: string): string => `${escapeLike(text)}%`;
