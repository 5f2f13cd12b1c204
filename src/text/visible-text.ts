/**
 * Characters that make a terminal or viewer show other text: control characters (including the start of ANSI
 * sequences), changes of the writing direction, and zero-width characters.
 */
const misleadingCharacters = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const escapeCharacter = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Escapes misleading characters in user input, e.g. as `\u001b`. */
export const escapeMisleading = (text: string): string => text.replace(misleadingCharacters, escapeCharacter);
