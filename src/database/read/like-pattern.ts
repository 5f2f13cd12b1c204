/** Maximum length of a text to search for. */
export const MAXIMUM_SEARCH_LENGTH = 64;

/** Escapes the special characters of LIKE. */
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** The LIKE pattern that finds a text anywhere, whatever characters it contains. */
export const containing = (text: string): string => `%${escaped(text)}%`;

/** The LIKE pattern that finds what starts with a text. */
export const startingWith = (text: string): string => `${escaped(text)}%`;
