/** Maximum length of a text to search for. */
export const MAXIMUM_SEARCH_LENGTH = 64;

/** Escapes the special characters of LIKE. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** The LIKE pattern that finds a text anywhere, whatever characters it contains. */
export const containsPattern = (text: string): string => `%${escapeLike(text)}%`;

/** The LIKE pattern that finds what starts with a text. */
export const prefixPattern = (text: string): string => `${escapeLike(text)}%`;
