/**
 * Something, not too much of it, and nothing that the database or a log takes amiss: control characters, halves of
 * characters, and what breaks lines or turns the direction of the text.
 */
const safeText = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]{1,128}$/u;

/** Whether a model or a request id is one that a log of usage can hold and a filter can ask for. */
export const isSafeText = (text: string): boolean => safeText.test(text);
