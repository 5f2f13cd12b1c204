/**
 * Text of 1 to 128 characters that is safe for the database and logs: no control characters, lone surrogates, line
 * breaks, or characters that change the direction of the text.
 */
const safeText = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]{1,128}$/u;

/** Whether a usage log can store, and a filter can match, this model or request ID. */
export const isSafeText = (text: string): boolean => safeText.test(text);
