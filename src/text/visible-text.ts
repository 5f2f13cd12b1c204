/**
 * Characters that make a terminal or a reader show something else than what is there: controls (also the start of ANSI
 * sequences), those that turn the direction of writing, and those that have no width.
 */
const misleading = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text that others wrote, with what could mislead shown as `\u001b`. */
export const visible = (text: string): string => text.replace(misleading, escaped);
