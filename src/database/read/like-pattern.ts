/** How long a text may be that lists are searched for. */
export const MAXIMUM_SEARCH_LENGTH = 64;

/** What LIKE takes for something else than itself. */
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** The pattern for LIKE that finds a text anywhere, whatever characters it holds. */
export const containing = (text: string): string => `%${escaped(text)}%`;

/** The pattern for LIKE that finds what begins with a text. */
export const startingWith = (text: string): string => `${escaped(text)}%`;
